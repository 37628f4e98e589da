#!/usr/bin/env bash
# Trains and kills, for as long as is asked: each run is killed at random moments and resumed until it is done, and has to end
# in the weights, byte for byte, of one that was left alone.
#   scripts/soak.sh [SECONDS=7200] [LONGEST=180]   LONGEST: seconds from a start to the kill, at most
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-7200}
longest=${2:-180}
farq=${FARQ:-.build/release/farq}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
arguments=(train --attention diff --ratio 0.5 --threads 1 --checkpoint-every "${EVERY:-20}" --steps "${STEPS:-400}")

"$farq" "${arguments[@]}" --output "$folder/whole" >/dev/null 2>&1
whole=$(sha256sum <"$folder/whole/model.safetensors")
end=$((SECONDS + seconds))
runs=0 kills=0 warnings=0
while [ $SECONDS -lt $end ]; do
  rm -rf "$folder/run"
  while true; do
    resume=()
    [ ! -d "$folder/run/state" ] || resume=(--resume)
    "$farq" "${arguments[@]}" "${resume[@]}" --output "$folder/run" >/dev/null 2>"$folder/errors" &
    process=$!
    wait_until=$((SECONDS + 1 + RANDOM % longest))
    while kill -0 $process 2>/dev/null && [ $SECONDS -lt $wait_until ]; do sleep 0.0$((RANDOM % 9 + 1)); done
    if kill -9 $process 2>/dev/null; then kills=$((kills + 1)); fi
    status=0
    wait $process 2>/dev/null || status=$?
    warnings=$((warnings + $(grep -c '^  note: warning' "$folder/errors" || true)))
    [ $status != 0 ] || break
    if [ $status != 137 ]; then
      printf 'error: a run ended with %s: %s\n' "$status" "$(tail -1 "$folder/errors")" >&2
      exit 1
    fi
  done
  runs=$((runs + 1))
  if [ "$(sha256sum <"$folder/run/model.safetensors")" != "$whole" ]; then
    printf 'error: run %s ended in other weights, after %s kills in all\n' "$runs" "$kills" >&2
    exit 1
  fi
done
printf '%s s: %s runs, %s kills, %s damaged states passed over; all ended in the same bytes\n' \
  "$seconds" "$runs" "$kills" "$warnings"
