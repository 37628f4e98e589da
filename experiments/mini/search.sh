#!/usr/bin/env bash
# The search behind the defaults of small models: learning rate, the classifier's factor on it, and epochs, measured on
# 2,000 training articles of which no label is learnt from (development.py makes the data); no test article is looked at.
# Usage: experiments/mini/search.sh MODEL development.jsonl OUTPUT
#   RATES, FACTORS, EPOCHS, SEEDS: what is tried; METRICS: what chooses the epoch.
set -euo pipefail
model=$1 data=$2 output=$3
farq=${FARQ:-.build/release/farq}
mkdir -p "$output"
for rate in ${RATES:-5e-5 1e-4 2e-4}; do
  for factor in ${FACTORS:-1 10}; do
    for epochs in ${EPOCHS:-8}; do
      for metric in ${METRICS:-loss}; do
        for seed in ${SEEDS:-42 43 44}; do
          run="$output/$rate-$factor-$epochs-$metric-$seed"
          "$farq" compare --model "$model" --data "$data" --ratios 0 --no-linear --seed "$seed" --learning-rate "$rate" \
            --head-factor "$factor" --epochs "$epochs" --selection-metric "$metric" --output "$run" >"$run.txt" 2>"$run.log"
          echo "rate $rate, factor $factor, $epochs epochs, $metric, seed $seed:$(grep 'test accuracy' "$run.log" | head -1)"
        done
      done
    done
  done
done
