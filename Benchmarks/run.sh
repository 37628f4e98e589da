#!/usr/bin/env bash
# Benchmarks against the peers, in one run on the same machine. Fetches the peers by itself into .peers.
#   Benchmarks/run.sh                          all of it: about an hour on two cores
#   Benchmarks/run.sh PART… [-- OPTIONS]       text training epoch hybrids inference startup memory server, or a part of
#                                              training: training-bf16, -compile, -flash, -fp32; the options are
#                                              those of models.py: --rounds 2 --layers 12 --articles F.jsonl …
# FARQ_ARTICLES=F.zip or F.jsonl gives the parts text and server (F.jsonl alone) other articles than the sample corpus.
# The part server needs wrk; FARQ_MODEL=FOLDER takes that checkpoint, else mini is trained on the sample corpus first.
# FARQ_PEERS=python takes a Python that has transformers 5.23.0 and torch 2.13.0 already.
set -euo pipefail
cd "$(dirname "$0")/.."
parts=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do parts+=("$1"); shift; done
[ $# -eq 0 ] || shift
[ ${#parts[@]} -gt 0 ] || parts=(text training epoch hybrids inference startup memory server)

# A virtual environment with what the file asks for; prints its Python.
peers() {
  local folder=$1 requirements=$2
  if [ ! -f "$folder/ready" ]; then
    command -v python3 >/dev/null || { printf 'error: python3 is missing; install it to run the benchmarks\n' >&2; exit 69; }
    python3 -m venv "$folder"
    # Without an NVIDIA GPU the CPU build of torch is enough, where pip finds it.
    grep -q torch "$requirements" && "$folder/bin/pip" install --quiet --disable-pip-version-check torch==2.13.0+cpu >/dev/null 2>&1 || true
    "$folder/bin/pip" install --quiet --disable-pip-version-check -r "$requirements"
    touch "$folder/ready"
  fi
  printf '%s/bin/python3' "$folder"
}

farq=.build/release/farq
for part in "${parts[@]}"; do
  if [ "$part" = text ]; then
    "$(peers .peers/text Benchmarks/requirements.txt)" Benchmarks/text.py "$farq" "${FARQ_ARTICLES:-Sources/FarqSample/Resources/news.jsonl}"
    continue
  fi
  python=${FARQ_PEERS:-$(peers .peers/models Benchmarks/requirements-models.txt)}
  if [ "$part" = server ]; then
    command -v wrk >/dev/null || { printf 'error: wrk is missing; install it (apt-get install wrk) to measure the server\n' >&2; exit 69; }
    model=${FARQ_MODEL:-.peers/served}
    [ -f "$model/config.json" ] || "$farq" train --output "$model" >&2
    "$python" Benchmarks/server.py "$farq" "$model" "${FARQ_ARTICLES:-Sources/FarqSample/Resources/news.jsonl}" "$@"
    continue
  fi
  [ "$part" = training ] && part="training-bf16 training-compile training-flash training-fp32"
  for one in $part; do "$python" Benchmarks/models.py "$farq" "$one" "$@"; done
done
