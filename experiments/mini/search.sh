#!/usr/bin/env bash
# The search behind the defaults of small models: learning rate and epochs of the baseline on 700 articles, chosen on
# their validation split alone. Usage: experiments/mini/search.sh MODEL khaleej-mini.jsonl OUTPUT
set -euo pipefail
model=$1 data=$2 output=$3
farq=${FARQ:-.build/release/farq}
for rate in ${RATES:-2e-4 5e-4 1e-3}; do
  for epochs in ${EPOCHS:-6 12}; do
    name="rate-$rate-epochs-$epochs"
    "$farq" train --model "$model" --data "$data" --learning-rate "$rate" --epochs "$epochs" --batch-size "${BATCH:-16}" \
      --max-length "${LENGTH:-512}" --validation-fraction 0.2 --test-limit 1 --output "$output/$name" --format jsonl \
      > "$output-$name.jsonl"
  done
done
grep -o '"bestEpoch":[0-9]*\|"best[^,]*' "$output"-*.jsonl || true
