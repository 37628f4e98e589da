// The fused kernels for processors with AVX-512 and its dot products of bfloat16 and of bytes.
#if defined(__x86_64__)
#include "fused_kernels.h"

#include <immintrin.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#define FUSED_NAME avx512bf16
#define FUSED_WIDTH 16
#define FUSED_PANEL_VECTORS 4
#define FUSED_BFLOAT16_DOT 1
#define FUSED_INT8_DOT 1
#define FUSED_TARGET target("avx2,fma,f16c,bmi,bmi2,avx512f,avx512bw,avx512dq,avx512vl,avx512bf16,avx512vnni")
#pragma clang attribute push(__attribute__((FUSED_TARGET)), apply_to = function)
#include "fused_table.h"
#pragma clang attribute pop
#endif
