// The operators that treat a row at a time: dropout + residual + layer norm, and bias + GELU. Each reads its inputs
// once; the backward computes again from them what the forward did not store.
#pragma once

#include "fused_vector.h"

namespace ctorch::fused {
namespace {

template <typename Storage> struct ResidualNormRow {
  const ResidualNorm &a;
  const int64_t row;
  const uint64_t key = a.dropout.row_key(row);
  const bool dropout = a.dropout.active();

  template <typename Pointer> auto at(Pointer *rows) const {
    using Element = std::conditional_t<std::is_const_v<Pointer>, const Storage, Storage>;
    return static_cast<Element *>(rows) + row * a.size;
  }

  // What dropout multiplies the vector at column `j` with.
  FUSED_INLINE Floats factor(int64_t j) const {
    return dropout ? select(kept(a.dropout, key, j), Floats(a.dropout.keep_scale)) : Floats(1.0f);
  }

  // residual + factor · (x + bias)
  FUSED_INLINE Floats sum(int64_t j, Floats factor) const {
    const int64_t left = a.size - j;
    Floats x = load_part(at(a.x) + j, left);
    if (a.bias) x += load_part(a.bias + j, left);
    return load_part(at(a.residual) + j, left) + x * factor;
  }

  // `scratch`: [size], rounded up to whole vectors.
  void forward(float *scratch) const {
    const float size = static_cast<float>(a.size);
    Floats total = zeros(), squares = zeros();
    for (int64_t j = 0; j < a.size; j += width) {
      const Floats z = sum(j, factor(j));
      store_floats(scratch + j, z);
      total += z;
    }
    const float mean = sum_of(total) / size;
    for (int64_t j = 0; j < a.size; j += width) {
      const Floats z = load_floats(scratch + j) - mean;
      squares += a.size - j >= width ? z * z : select(lane_indices() < static_cast<int32_t>(a.size - j), z * z);
    }
    const float inverse = 1 / std::sqrt(sum_of(squares) / size + a.epsilon);
    if (a.statistics) {
      a.statistics[2 * row] = mean;
      a.statistics[2 * row + 1] = inverse;
    }
    for (int64_t j = 0; j < a.size; j += width) {
      const int64_t left = a.size - j;
      const Floats y = (load_floats(scratch + j) - mean) * inverse * load_part(a.weight + j, left) +
                       load_part(a.shift + j, left);
      store_part(at(a.result) + j, y, left);
    }
  }

  // `scratch` and each of the three `sums`: [size], rounded up to whole vectors.
  void backward(float *scratch, float *weight_sums, float *shift_sums, float *bias_sums) const {
    const float size = static_cast<float>(a.size), mean = a.statistics[2 * row], inverse = a.statistics[2 * row + 1];
    Floats total = zeros(), projection = zeros();
    for (int64_t j = 0; j < a.size; j += width) {
      const int64_t left = a.size - j;
      const Floats normal = (sum(j, factor(j)) - mean) * inverse, dy = load_part(at(a.result_gradient) + j, left);
      const Floats g = dy * load_part(a.weight + j, left);
      store_floats(scratch + j, normal);
      store_floats(weight_sums + j, load_floats(weight_sums + j) + dy * normal);
      store_floats(shift_sums + j, load_floats(shift_sums + j) + dy);
      total += g;
      projection += g * normal;
    }
    const float g_mean = sum_of(total) / size, g_projection = sum_of(projection) / size;
    for (int64_t j = 0; j < a.size; j += width) {
      const int64_t left = a.size - j;
      const Floats g = load_part(at(a.result_gradient) + j, left) * load_part(a.weight + j, left);
      const Floats dz = (g - g_mean - load_floats(scratch + j) * g_projection) * inverse;
      store_part(at(a.residual_gradient) + j, dz, left);
      if (!a.x_gradient) continue;
      const Floats dx = dz * factor(j);
      store_part(at(a.x_gradient) + j, dx, left);
      store_floats(bias_sums + j, load_floats(bias_sums + j) + dx);
    }
  }
};

template <typename Storage> void residual_norm_forward_in(const ResidualNorm &a, const RowRange &range) {
  Scratch &scratch = Scratch::of_thread();
  scratch.reset();
  float *row_scratch = scratch.take(round_up(a.size, width));
  for (int64_t row = range.first; row < range.last; row++) ResidualNormRow<Storage>{a, row}.forward(row_scratch);
}

template <typename Storage> void residual_norm_backward_in(const ResidualNorm &a, const RowRange &range) {
  Scratch &scratch = Scratch::of_thread();
  scratch.reset();
  const int64_t padded = round_up(a.size, width);
  float *row_scratch = scratch.take(padded), *sums = scratch.take(3 * padded);
  std::fill_n(sums, 3 * padded, 0.0f);
  for (int64_t row = range.first; row < range.last; row++) {
    ResidualNormRow<Storage>{a, row}.backward(row_scratch, sums, sums + padded, sums + 2 * padded);
  }
  for (int i = 0; i < 3; i++) std::copy_n(sums + i * padded, a.size, range.sums + i * a.size);
}

void residual_norm_forward(const ResidualNorm &a, const RowRange &range) {
  a.bfloat16 ? residual_norm_forward_in<uint16_t>(a, range) : residual_norm_forward_in<float>(a, range);
}

void residual_norm_backward(const ResidualNorm &a, const RowRange &range) {
  a.bfloat16 ? residual_norm_backward_in<uint16_t>(a, range) : residual_norm_backward_in<float>(a, range);
}

struct Gelu {
  Floats value, slope;
};

// z·Φ(z), by erf(z/√2) = 1 − (a₁t + … + a₅t⁵)·exp(−z²/2), t = 1/(1 + 0.3275911·z/√2), for z >= 0 (Abramowitz and
// Stegun 7.1.26, error below 1.5e-7); the slope Φ(z) + z·φ(z) needs the same exponential.
FUSED_INLINE Gelu gelu(Floats z) {
  constexpr float root_half = 0.70710678118654752f, density = 0.39894228040143268f;
  const Floats size = z < 0.0f ? -z : z;
  const Floats bell = exp2_of(maximum(Floats(-126.0f), z * z * (-0.5f * 1.44269504088896341f)));
  const Floats t = 1.0f / (size * (0.3275911f * root_half) + 1.0f);
  Floats p = Floats(1.061405429f);
  p = p * t - 1.453152027f;
  p = p * t + 1.421413741f;
  p = p * t - 0.284496736f;
  p = p * t + 0.254829592f;
  const Floats tail = 0.5f * p * t * bell; // 1 − Φ(|z|)
  const Floats phi = z < 0.0f ? tail : 1.0f - tail;
  return {z * phi, phi + z * bell * density};
}

// z·σ(2u) with u = √(2/π)·(z + 0.044715·z³), which is 0.5·z·(1 + tanh u).
FUSED_INLINE Gelu gelu_tanh(Floats z) {
  constexpr float twice = 2 * 0.79788456080286536f, cubic = 0.044715f, log2_of_e = 1.44269504088896341f;
  const Floats square = z * z, u = z * (square * cubic + 1.0f) * twice;
  const Floats power = u * -log2_of_e;
  const Floats s = 1.0f / (exp2_of(power > 126.0f ? Floats(126.0f) : power) + 1.0f);
  return {z * s, s + z * s * (1.0f - s) * (square * (3 * cubic) + 1.0f) * twice};
}

template <typename Storage, bool tanh_form, bool backward> void bias_gelu_in(const BiasGelu &a, const RowRange &range) {
  Scratch &scratch = Scratch::of_thread();
  scratch.reset();
  const int64_t padded = round_up(a.size, width);
  float *sums = backward ? scratch.take(padded) : nullptr;
  if (backward) std::fill_n(sums, padded, 0.0f);
  for (int64_t row = range.first; row < range.last; row++) {
    const int64_t start = row * a.size;
    for (int64_t j = 0; j < a.size; j += width) {
      const int64_t left = a.size - j;
      Floats z = load_part(static_cast<const Storage *>(a.x) + start + j, left);
      if (a.bias) z += load_part(a.bias + j, left);
      const Gelu at_z = tanh_form ? gelu_tanh(z) : gelu(z);
      if constexpr (backward) {
        const Floats dx = load_part(static_cast<const Storage *>(a.result_gradient) + start + j, left) * at_z.slope;
        store_part(static_cast<Storage *>(a.x_gradient) + start + j, dx, left);
        store_floats(sums + j, load_floats(sums + j) + dx);
      } else {
        store_part(static_cast<Storage *>(a.result) + start + j, at_z.value, left);
      }
    }
  }
  if (backward) std::copy_n(sums, a.size, range.sums);
}

template <bool backward> void bias_gelu(const BiasGelu &a, const RowRange &range) {
  if (a.bfloat16) {
    a.tanh_form ? bias_gelu_in<uint16_t, true, backward>(a, range) : bias_gelu_in<uint16_t, false, backward>(a, range);
  } else {
    a.tanh_form ? bias_gelu_in<float, true, backward>(a, range) : bias_gelu_in<float, false, backward>(a, range);
  }
}

void bias_gelu_forward(const BiasGelu &a, const RowRange &range) { bias_gelu<false>(a, range); }
void bias_gelu_backward(const BiasGelu &a, const RowRange &range) { bias_gelu<true>(a, range); }

} // namespace
} // namespace ctorch::fused
