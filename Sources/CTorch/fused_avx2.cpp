// The fused kernels for processors with AVX2 and FMA.
#if defined(__x86_64__)
#include "fused_kernels.h"

#include <immintrin.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#define FUSED_NAME avx2
#define FUSED_WIDTH 8
#define FUSED_PANEL_VECTORS 2
#pragma clang attribute push(__attribute__((target("avx2,fma,f16c,bmi,bmi2"))), apply_to = function)
#include "fused_table.h"
#pragma clang attribute pop
#endif
