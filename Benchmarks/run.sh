#!/usr/bin/env bash
# Benchmarks against the peers, in one run on the same machine. Fetches the peers by itself into .peers.
#   Benchmarks/run.sh [articles]    JSON lines with `text` or SANAD's zip; by default the sample corpus
set -euo pipefail
cd "$(dirname "$0")/.."
articles=${1:-Sources/FarqSample/Resources/news.jsonl}
if [ ! -x .peers/bin/python3 ]; then
  command -v python3 >/dev/null || { printf 'error: python3 is missing; install it to run the benchmarks\n' >&2; exit 69; }
  python3 -m venv .peers
  .peers/bin/pip install --quiet --disable-pip-version-check -r Benchmarks/requirements.txt
fi
.peers/bin/python3 Benchmarks/text.py .build/release/farq "$articles"
