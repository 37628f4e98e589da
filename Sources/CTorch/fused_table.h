// One instruction set's kernels. Included once by each of the files that set FUSED_NAME, FUSED_WIDTH (floats in a
// vector), FUSED_PANEL_VECTORS (vectors side by side in a product's tile) and perhaps FUSED_BFLOAT16_DOT and FUSED_INT8_DOT; what it
// includes has internal linkage, since the same names mean other code in every such file.
#pragma once

#include "fused_adamw_kernel.h"
#include "fused_attention_backward.h"
#include "fused_int8_kernel.h"
#include "fused_rows_kernel.h"

#define FUSED_JOIN_(a, b) a##b
#define FUSED_JOIN(a, b) FUSED_JOIN_(a, b)
#define FUSED_TEXT_(a) #a
#define FUSED_TEXT(a) FUSED_TEXT_(a)

namespace ctorch::fused {
extern const Kernels FUSED_JOIN(FUSED_NAME, _kernels);
const Kernels FUSED_JOIN(FUSED_NAME, _kernels) = {
    FUSED_TEXT(FUSED_NAME), attention_forward,      attention_backward, residual_norm_forward,
    residual_norm_backward, bias_gelu_forward,      bias_gelu_backward, adamw,
    int8_quantize,          int8_product,
};
} // namespace ctorch::fused
