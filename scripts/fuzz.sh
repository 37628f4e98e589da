#!/usr/bin/env bash
# libFuzzer with AddressSanitizer over Farq's code that reads bytes of others, one target after the other: tokenizers, JSON,
# tables, preprocessor, segmenter, encodings, archives, safetensors, pickles, zip, vocabularies, configurations.
#   scripts/fuzz.sh [seconds] [target …]      600 seconds each and every target by default
# New inputs gather in .build-fuzz/corpus/<target>, a crash's input is left in .build-fuzz and named; the record of each
# run is added to .build-fuzz/record.txt. Linux, Swift's toolchain.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-600}
shift || true
# One option for both: of two, the second takes the first's place and leaves the fuzzer without coverage.
FARQ_FUZZ=1 swift build -c release --scratch-path .build-fuzz --target FarqFuzz \
  -Xswiftc -sanitize=fuzzer,address -Xswiftc -enable-testing
objects=$(find -L .build-fuzz/release -path '*.build/*.o' | grep -E '/(Farq[A-Za-z]+)\.build/')
# SwiftPM gives an executable a main of its own; libFuzzer brings one, so the objects are linked here.
# shellcheck disable=SC2086
swiftc -sanitize=fuzzer,address $objects -larchive -lcrypto -o .build-fuzz/farq-fuzz
targets=("$@")
[ $# -gt 0 ] || mapfile -t targets < <(ls Fuzzing/corpus)
failed=0
for target in "${targets[@]}"; do
  [ -d "Fuzzing/corpus/$target" ] || { printf 'error: no target %s; there are: %s\n' "$target" "$(ls Fuzzing/corpus | tr '\n' ' ')" >&2; exit 64; }
  mkdir -p ".build-fuzz/corpus/$target"
  printf 'fuzzing %s for %s seconds\n' "$target" "$seconds" >&2
  FARQ_FUZZ_TARGET=$target .build-fuzz/farq-fuzz ".build-fuzz/corpus/$target" "Fuzzing/corpus/$target" \
    -max_total_time="$seconds" -max_len=65536 -timeout=20 -rss_limit_mb=2500 -artifact_prefix=".build-fuzz/$target-" \
    -print_final_stats=1 >".build-fuzz/$target.log" 2>&1 || { failed=1; tail -n 20 ".build-fuzz/$target.log" >&2; }
  executions=$(sed -n 's/^stat::number_of_executed_units: *//p' ".build-fuzz/$target.log" | tail -n 1)
  printf '%s\t%s executions\t%s seconds\t%s\n' "$target" "${executions:-0}" "$seconds" \
    "$(grep -q 'SUMMARY:\|deadly signal\|ERROR:' ".build-fuzz/$target.log" && echo found || echo clean)" | tee -a .build-fuzz/record.txt
done
exit "$failed"
