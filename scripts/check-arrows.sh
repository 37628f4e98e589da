#!/usr/bin/env bash
# Checks that imports follow the arrows of ARCHITECTURE.md: a module imports only what stands below it, only CTorch
# holds C++, and only FarqTorch imports CTorch.
set -euo pipefail
cd "$(dirname "$0")/.."
declare -A below=(
  [FarqCore]=""
  [FarqTesting]="FarqCore"
  [FarqSample]=""
  [FarqArabicText]="FarqCore"
  [FarqTokenizer]="FarqCore"
  [FarqDatasets]="FarqCore"
  [FarqMetrics]="FarqCore"
  [FarqLinear]="FarqCore"
  [FarqReport]="FarqCore FarqMetrics"
  [FarqTorch]="FarqCore CTorch"
  [FarqModels]="FarqCore FarqTorch"
  [FarqInference]="FarqCore FarqTorch FarqModels FarqTokenizer FarqArabicText FarqReport"
  [FarqTraining]="FarqCore FarqTorch FarqModels FarqInference FarqMetrics FarqTokenizer"
  [FarqExperiment]="FarqCore FarqTorch FarqModels FarqInference FarqTraining FarqMetrics FarqReport FarqDatasets FarqLinear FarqSample FarqTokenizer FarqArabicText"
  [FarqExport]="FarqCore FarqTorch FarqModels FarqTokenizer"
  [FarqHub]="FarqCore"
  [FarqServer]="FarqCore FarqTorch FarqModels FarqInference FarqReport FarqSample"
  [FarqCommands]="FarqExport FarqHub FarqServer FarqCore FarqTorch FarqModels FarqInference FarqTraining FarqExperiment FarqMetrics FarqReport FarqDatasets FarqTokenizer FarqArabicText"
  [farq]="FarqCommands"
)
status=0
for module in Sources/*/; do
  name=$(basename "$module")
  for import in $(grep -rhoE '^(public |package |internal )?import (Farq[A-Za-z]+|CTorch)' "$module" --include='*.swift' | awk '{print $NF}' | sort -u); do
    case " ${below[$name]-} " in
      *" $import "*) ;;
      *) printf 'error: %s imports %s, which does not stand below it\n' "$name" "$import" >&2; status=1 ;;
    esac
  done
done
if find Sources -name '*.cpp' -not -path 'Sources/CTorch/*' | grep -q .; then
  printf 'error: C++ outside CTorch\n' >&2
  status=1
fi
exit $status
