#!/usr/bin/env bash
# The search behind the defaults of small models: learning rate and epochs of the baseline, chosen on 30 % of the
# training articles alone; the test articles are not looked at (but for the one a label that a run must have).
# Usage: experiments/mini/search.sh MODEL khaleej-mini.jsonl OUTPUT; prints each run's last epoch and its best one.
set -euo pipefail
model=$1 data=$2 output=$3
farq=${FARQ:-.build/release/farq}
mkdir -p "$output"
for rate in ${RATES:-1e-4 2e-4 3e-4 5e-4}; do
  for epochs in ${EPOCHS:-5 10}; do
    run="$output/rate-$rate-epochs-$epochs"
    "$farq" train --model "$model" --data "$data" --learning-rate "$rate" --epochs "$epochs" --validation-fraction 0.3 \
      --test-limit 1 --selection-metric loss --precision bf16 --output "$run" >"$run.txt" 2>"$run.log"
    echo "rate $rate, $epochs epochs; last, best:"
    grep '  epoch ' "$run.log" | tail -1
    grep '← best' "$run.log" | tail -1
  done
done
