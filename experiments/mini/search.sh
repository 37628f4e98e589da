#!/usr/bin/env bash
# The search behind the defaults of small models, measured on training articles of which no label is learnt from
# (development.py makes the data); no test article is looked at.
# Usage: experiments/mini/search.sh MODEL development.jsonl OUTPUT [more options of farq compare]
#   RATES, DECAYS, SEEDS: what is tried. More options: --head-factor, --epochs, --selection-metric; of hybrids --ratios 0.5
#   with --attention, --anneal-steps, --lambda-init, --new-parameter-factor.
set -euo pipefail
model=$1 data=$2 output=$3
shift 3
farq=${FARQ:-.build/release/farq}
mkdir -p "$output"
for rate in ${RATES:-1e-4 2e-4}; do
  for decay in ${DECAYS:-1 0.5 0.3}; do
    for seed in ${SEEDS:-42 43 44}; do
      run="$output/$rate-$decay-$seed"
      "$farq" compare --model "$model" --data "$data" --ratios 0 --no-linear --seed "$seed" --learning-rate "$rate" \
        --layer-decay "$decay" "$@" --output "$run" >"$run.txt" 2>"$run.log"
      echo "rate $rate, decay $decay, seed $seed:$(grep 'test accuracy' "$run.log" | tr '\n' ' ')"
    done
  done
done
