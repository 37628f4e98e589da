#!/usr/bin/env bash
# How several processes share this machine's cores: articles a second of one process with N threads, and of N processes with one
# thread each, with and without compressed gradients and sharded moments. ROUNDS in turn; each line is one round.
#   scripts/scaling.sh [N=2] [ROUNDS=3] [OPTIONS OF farq train …]
set -euo pipefail
cd "$(dirname "$0")/.."
count=${1:-2}
rounds=${2:-3}
shift $(($# < 2 ? $# : 2))
farq=${FARQ:-.build/release/farq}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
arguments=(train --steps 40 --batch-size 32 "$@")

# speed NAME PROCESSES THREADS [OPTIONS…]
speed() {
  local name=$1 processes=$2 threads=$3 port=$((20000 + RANDOM % 20000)) pids=() rank
  shift 3
  rm -rf "$folder/run"
  for ((rank = 0; rank < processes; rank++)); do
    env RANK=$rank WORLD_SIZE=$processes LOCAL_RANK=$rank LOCAL_WORLD_SIZE=$processes MASTER_ADDR=127.0.0.1 \
      MASTER_PORT=$port "$farq" "${arguments[@]}" --threads "$threads" --output "$folder/run" "$@" \
      >"$folder/out-$rank" 2>&1 &
    pids+=($!)
  done
  for rank in "${!pids[@]}"; do wait "${pids[$rank]}" || { cat "$folder/out-$rank" >&2; exit 1; }; done
  printf '%s\t%s\n' "$name" \
    "$(sed -n 's/.*"documents_per_second" *: *\([0-9.]*\).*/\1/p' "$folder/run/report.json" | head -1)"
}

for ((round = 0; round < rounds; round++)); do
  speed "1 process, $count threads" 1 "$count"
  speed "$count processes, 1 thread" "$count" 1
  speed "$count processes, 1 thread, bf16 gradients" "$count" 1 --gradient-compression bf16
  speed "$count processes, 1 thread, sharded moments" "$count" 1 --shard-optimizer
done
