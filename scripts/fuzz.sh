#!/usr/bin/env bash
# libFuzzer with AddressSanitizer over Farq's byte-level code: tokenizers, JSON lines, tables, preprocessor, segmenter,
# encodings, safetensors, pickles, zip, vocabularies.
#   scripts/fuzz.sh [seconds]      600 by default; further words go to libFuzzer
# New inputs gather in .build-fuzz/corpus, a crash's input is left in .build-fuzz and named. Linux, Swift's toolchain.
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
mkdir -p .build-fuzz/corpus
exec .build-fuzz/farq-fuzz .build-fuzz/corpus Fuzzing/corpus -max_total_time="$seconds" -max_len=4096 -timeout=20 \
  -rss_limit_mb=2500 -artifact_prefix=.build-fuzz/ -print_final_stats=1 "$@"
