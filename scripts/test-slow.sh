#!/usr/bin/env bash
# The tests that need a browser, a fuzzer of HTTP APIs, or minutes of load:
#   scripts/test-slow.sh [page] [api] [soak]      all of them by default
#   SOAK_MINUTES=30      how long the soak takes
#   SLOW_PYTHON=python   a Python that has Tests/slow/requirements.txt already
set -euo pipefail
cd "$(dirname "$0")/.."
parts=("$@")
[ ${#parts[@]} -gt 0 ] || parts=(page api soak)
farq=.build/release/farq
work=.peers/slow
mkdir -p "$work"
python=${SLOW_PYTHON:-}
if [ -z "$python" ]; then
  [ -f "$work/venv/ready" ] || { python3 -m venv "$work/venv" && "$work/venv/bin/pip" install --quiet --disable-pip-version-check -r Tests/slow/requirements.txt && touch "$work/venv/ready"; }
  python=$work/venv/bin/python
fi
[ -f "$work/run/report.json" ] || "$farq" compare --ratios 0,0.5 --no-linear --output "$work/run"
baseline=$work/run/checkpoints/baseline hybrid=$work/run/checkpoints/diff-50

api() {
  local log=$work/serve.log port
  "$farq" serve --model "$baseline" --model "$hybrid" --port 0 2> "$log" &
  trap 'kill $! 2>/dev/null || true' RETURN
  for _ in $(seq 100); do port=$(sed -n 's/.*http:\/\/127.0.0.1:\([0-9]*\)\/.*/\1/p' "$log" | head -1); [ -n "$port" ] && break; sleep 0.1; done
  "$(dirname "$python")/schemathesis" run "http://127.0.0.1:$port/openapi.json" --url "http://127.0.0.1:$port" --max-examples 60 --checks all --exclude-checks positive_data_acceptance --request-timeout 30
}

for part in "${parts[@]}"; do
  case $part in
    page)
      command -v chromium >/dev/null || { printf 'error: chromium is missing; install chromium and chromium-driver to test the page\n' >&2; exit 69; }
      "$python" Tests/slow/page_test.py "$farq" "$baseline" "$hybrid" --screenshots "$work/screenshots" ;;
    api) api ;;
    soak) "$python" Tests/slow/server_soak.py "$farq" "$baseline" Sources/FarqSample/Resources/news.jsonl --minutes "${SOAK_MINUTES:-30}" ;;
    *) printf 'error: there is no part %s: use page, api or soak\n' "$part" >&2; exit 64 ;;
  esac
done
