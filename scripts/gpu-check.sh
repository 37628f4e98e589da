#!/usr/bin/env bash
# What a GPU gives, in under ten minutes: every attention variant's numbers against the processor's, `farq compare` on the
# sample, training and classification of BERT-base beside transformers on the same card, memory, and a profile. Writes one
# JSON file, which docs/gpu.md quotes. Without a GPU it says so in a line and checks what it can.
#   scripts/gpu-check.sh [OUTPUT.json]
#   FARQ=…      the program; by default ./farq of a carried folder, else .build/release/farq
#   PYTHON=…    a Python with torch and transformers; without transformers the peer's half is left out, and that is said
#   LIBTORCH=…  for a carried folder: the libtorch to run with
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
if [ -x "$here/farq" ]; then root=$here; own=$here/farq; else root=$(cd "$here/.." && pwd); own=$root/.build/release/farq; fi
farq=${FARQ:-$own}
[ -x "$farq" ] || { printf 'error: there is no program at %s: make build, or set FARQ\n' "$farq" >&2; exit 66; }
exec "${PYTHON:-python3}" "$root/Benchmarks/gpu_check.py" "$farq" "${1:-gpu-check.json}"
