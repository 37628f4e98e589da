#!/usr/bin/env bash
# The search behind the defaults of small models: learning rate, the classifier's factor on it, the decay from layer to
# layer, and epochs, measured on training articles of which no label is learnt from (development.py makes the data); no
# test article is looked at.
# Usage: experiments/mini/search.sh MODEL development.jsonl OUTPUT
#   RATES, FACTORS, DECAYS, EPOCHS, SEEDS: what is tried; METRICS: what chooses the epoch; RATIOS, ANNEALS: of hybrids.
set -euo pipefail
model=$1 data=$2 output=$3
farq=${FARQ:-.build/release/farq}
mkdir -p "$output"

try() {
  local name=$1
  shift
  "$farq" compare --model "$model" --data "$data" --no-linear "$@" --output "$output/$name" \
    >"$output/$name.txt" 2>"$output/$name.log"
  echo "$*:$(grep 'test accuracy' "$output/$name.log" | tr '\n' ' ')"
}

for rate in ${RATES:-1e-4 2e-4}; do
  for factor in ${FACTORS:-10}; do
    for decay in ${DECAYS:-1 0.5 0.3}; do
      for epochs in ${EPOCHS:-8}; do
        for metric in ${METRICS:-loss}; do
          for anneal in ${ANNEALS:-103}; do
            for seed in ${SEEDS:-42 43 44}; do
              try "$rate-$factor-$decay-$epochs-$metric-$anneal-$seed" --ratios "${RATIOS:-0}" --learning-rate "$rate" \
                --head-factor "$factor" --layer-decay "$decay" --epochs "$epochs" --selection-metric "$metric" \
                --anneal-steps "$anneal" --seed "$seed"
            done
          done
        done
      done
    done
  done
done
