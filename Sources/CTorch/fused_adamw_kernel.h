// AdamW's arithmetic: one pass over the weights and both moments, which is bound by memory.
#pragma once

#include "fused_vector.h"

namespace ctorch::fused {
namespace {

void adamw(const AdamW &a, const AdamWSegment &s) {
  for (int64_t j = 0; j < s.count; j += width) {
    const int64_t left = s.count - j;
    const Floats g = s.gradient ? load_part(s.gradient + j, left) * a.gradient_scale : zeros();
    const Floats m = load_part(s.first_moment + j, left) * a.beta1 + g * (1 - a.beta1);
    const Floats v = load_part(s.second_moment + j, left) * a.beta2 + g * g * (1 - a.beta2);
    const Floats size = __builtin_elementwise_sqrt(v) * a.root_correction + a.epsilon;
    const Floats w = load_part(s.weight + j, left) * a.decay - m / size * a.rate;
    store_part(s.first_moment + j, m, left);
    store_part(s.second_moment + j, v, left);
    store_part(s.weight + j, w, left);
  }
}

} // namespace
} // namespace ctorch::fused
