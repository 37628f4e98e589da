// Linear layers in 8 bits for prediction: y = x·Wᵀ + b, each token's row of x and each row of W with a scale of its own.
//
// A 32-bit unit holds four neighbours along the depth, as VNNI's dot product takes them: unsigned weights (w + 128)
// times signed values. The sum over the depth is then Σ w·x + 128·Σ x, and a row's 128·Σ x is taken off at the end.
// Weights lie in panels of panel_columns columns, each [depth units][panel_columns], read front to back.
#pragma once

#include "fused_rows_kernel.h"

namespace ctorch::fused {
namespace {

constexpr int64_t panel_columns = 64, int8_rows = 6, int8_vectors = FUSED_PANEL_VECTORS;
typedef int8_t Chars __attribute__((ext_vector_type(FUSED_WIDTH)));
constexpr int64_t tile_columns = int8_vectors * width;

// c + Σ of the four products of unsigned bytes of `weights` and signed bytes of `values`.
FUSED_INLINE Ints multiply_add_bytes(Ints c, Words weights, Words values) {
#if FUSED_INT8_DOT
  return as<Ints>(_mm512_dpbusd_epi32(as<__m512i>(c), as<__m512i>(weights), as<__m512i>(values)));
#else
  for (int i = 0; i < 4; i++) {
    c += as<Ints>((weights >> (8 * i)) & 0xffu) * (as<Ints>(values << (24 - 8 * i)) >> 24);
  }
  return c;
#endif
}

template <typename Storage> void int8_quantize_row(const Int8Linear &a, int64_t row) {
  const Storage *x = static_cast<const Storage *>(a.x) + row * a.size;
  int8_t *bytes = a.values + row * 4 * a.units;
  Floats largest = zeros();
  for (int64_t j = 0; j < a.size; j += width) {
    const Floats v = load_part(x + j, a.size - j);
    largest = maximum(largest, v < 0.0f ? -v : v);
  }
  const float scale = maximum_of(largest) / 127, inverse = scale > 0 ? 1 / scale : 0;
  Ints sum = Ints(0);
  for (int64_t j = 0; j < a.size; j += width) {
    const Floats v = load_part(x + j, a.size - j) * inverse;
    const Floats magic = Floats(12582912.0f); // rounds to the nearest whole number
    const Ints whole = __builtin_convertvector((v + magic) - magic, Ints);
    sum += whole;
    const Chars narrow = __builtin_convertvector(whole, Chars);
    if (a.size - j >= width) {
      store(bytes + j, narrow);
    } else {
      for (int64_t i = 0; i < a.size - j; i++) bytes[j + i] = narrow[i];
    }
  }
  for (int64_t j = a.size; j < 4 * a.units; j++) bytes[j] = 0;
  int32_t total = 0;
  for (int i = 0; i < FUSED_WIDTH; i++) total += sum[i];
  a.value_scales[row] = scale;
  a.value_sums[row] = 128 * total;
}

void int8_quantize(const Int8Linear &a, const RowRange &range) {
  for (int64_t row = range.first; row < range.last; row++) {
    a.bfloat16 ? int8_quantize_row<uint16_t>(a, row) : int8_quantize_row<float>(a, row);
  }
}

// Rows `row…` of the result, `count` of them, in the columns of one tile.
template <typename Storage, int count>
FUSED_INLINE void int8_tile(const Int8Linear &a, int64_t row, const uint32_t *panel, int64_t column) {
  Ints sums[count][int8_vectors];
#pragma clang loop unroll(full)
  for (int r = 0; r < count; r++) {
#pragma clang loop unroll(full)
    for (int v = 0; v < int8_vectors; v++) sums[r][v] = Ints(0);
  }
  const auto *values = reinterpret_cast<const uint32_t *>(a.values) + row * a.units;
  for (int64_t k = 0; k < a.units; k++) {
    Words weights[int8_vectors];
#pragma clang loop unroll(full)
    for (int v = 0; v < int8_vectors; v++) weights[v] = load<Words>(panel + k * panel_columns + v * width);
#pragma clang loop unroll(full)
    for (int r = 0; r < count; r++) {
      const Words value = Words(values[r * a.units + k]);
#pragma clang loop unroll(full)
      for (int v = 0; v < int8_vectors; v++) sums[r][v] = multiply_add_bytes(sums[r][v], weights[v], value);
    }
  }
  for (int r = 0; r < count; r++) {
    Storage *result = static_cast<Storage *>(a.result) + (row + r) * a.columns;
    for (int v = 0; v < int8_vectors; v++) {
      const int64_t j = column + v * width, left = a.columns - j;
      if (left <= 0) break;
      Floats y = __builtin_convertvector(sums[r][v] - a.value_sums[row + r], Floats) * a.value_scales[row + r] *
                 load_part(a.weight_scales + j, left);
      if (a.bias) y += load_part(a.bias + j, left);
      if (a.gelu) y = a.tanh_form ? gelu_tanh(y).value : gelu(y).value;
      store_part(result + j, y, left);
    }
  }
}

template <typename Storage> void int8_product_in(const Int8Linear &a, const RowRange &range) {
  for (int64_t column = 0; column < a.columns; column += tile_columns) {
    const uint32_t *panel = a.weights + column / panel_columns * a.units * panel_columns + column % panel_columns;
    int64_t row = range.first;
    for (; row + int8_rows <= range.last; row += int8_rows) int8_tile<Storage, int8_rows>(a, row, panel, column);
    for (; row < range.last; row++) int8_tile<Storage, 1>(a, row, panel, column);
  }
}

void int8_product(const Int8Linear &a, const RowRange &range) {
  a.bfloat16 ? int8_product_in<uint16_t>(a, range) : int8_product_in<float>(a, range);
}

} // namespace
} // namespace ctorch::fused
