// Matrix products on operands that fit the cache, for one instruction set.
//
// C[m, n] = Σ_k A[m, k]·B[k, n]. An operand is made of 32-bit units: one float, or (Bfloat16Units) two bfloat16 that
// neighbour each other along k, as AVX-512's dot product takes them. A unit of A is broadcast from any place that two
// strides give, so transposing A costs nothing; B lies in panels, each [depth][panel width], read front to back.
#pragma once

#include "fused_vector.h"

namespace ctorch::fused {
namespace {

constexpr int64_t panel_vectors = FUSED_PANEL_VECTORS;

struct FloatUnits {
  static constexpr int64_t elements = 1;
  FUSED_INLINE static Floats multiply_add(Words a, Words b, Floats c) { return as<Floats>(a) * as<Floats>(b) + c; }
  template <typename Storage> FUSED_INLINE static uint32_t unit(const Storage *first, const Storage *) {
    return as<uint32_t>(load_one(first));
  }
  // Elements `j…` of a row that is the A of a product along j.
  FUSED_INLINE static void store_along(uint32_t *row, int64_t j, Floats v) { store(row + j, v); }
  // Elements `j…` of two neighbouring rows that are the A of a product across the rows.
  FUSED_INLINE static void store_across(uint32_t *row, int64_t stride, int64_t j, Floats v0, Floats v1) {
    store(row + j, v0);
    store(row + stride + j, v1);
  }
};

#if FUSED_BFLOAT16_DOT
struct Bfloat16Units {
  static constexpr int64_t elements = 2;
  FUSED_INLINE static Floats multiply_add(Words a, Words b, Floats c) {
    return as<Floats>(_mm512_dpbf16_ps(as<__m512>(c), as<__m512bh>(a), as<__m512bh>(b)));
  }
  FUSED_INLINE static uint32_t unit(const uint16_t *first, const uint16_t *second) {
    return *first | (second ? static_cast<uint32_t>(*second) << 16 : 0);
  }
  FUSED_INLINE static void store_along(uint32_t *row, int64_t j, Floats v) { store(row + j / 2, narrow(v)); }
  FUSED_INLINE static void store_across(uint32_t *row, int64_t, int64_t j, Floats v0, Floats v1) {
    const Words low = __builtin_convertvector(narrow(v0), Words), high = __builtin_convertvector(narrow(v1), Words);
    store(row + j, low | (high << 16));
  }
};
#endif

template <typename Units> constexpr int64_t depth_of(int64_t elements) {
  return (elements + Units::elements - 1) / Units::elements;
}

struct OperandA {
  const uint32_t *units;
  int64_t row_stride, depth_stride;
};

struct OperandB {
  uint32_t *units;
  int64_t columns, depth; // columns: a multiple of `width`
};

// How many of the vectors that are left a panel takes: all it can hold, else a power of two.
FUSED_INLINE int64_t vectors_of_panel(int64_t left) {
  return left >= panel_vectors ? panel_vectors : left >= 2 ? 2 : 1;
}

// The units that B takes for a depth and columns counted in elements.
template <typename Units> constexpr int64_t units_of_b(int64_t depth, int64_t columns) {
  return depth_of<Units>(depth) * round_up(columns, width);
}

// B[k, c] = element k of row c: the transpose of `rows` [count, size]. Columns past `count` are zero.
template <typename Units, typename Storage>
OperandB pack_transposed(const Storage *rows, int64_t stride, int64_t count, int64_t size, uint32_t *units) {
  const int64_t columns = round_up(count, width), depth = depth_of<Units>(size);
  for (int64_t start = 0, panel; start < columns; start += panel) {
    panel = vectors_of_panel((columns - start) / width) * width;
    uint32_t *to = units + start * depth;
    for (int64_t c = 0; c < panel; c++) {
      const Storage *row = rows + (start + c) * stride;
      const bool inside = start + c < count;
      for (int64_t k = 0; k < depth; k++) {
        const int64_t first = k * Units::elements, second = first + 1;
        to[k * panel + c] = inside ? Units::unit(row + first, second < size ? row + second : nullptr) : 0;
      }
    }
  }
  return {units, columns, depth};
}

// B[k, c] = element c of row k: `rows` [count, size] as they lie. Columns past `size` are zero.
template <typename Units, typename Storage>
OperandB pack_rows(const Storage *rows, int64_t stride, int64_t count, int64_t size, uint32_t *units) {
  const int64_t columns = round_up(size, width), depth = depth_of<Units>(count);
  for (int64_t start = 0, panel; start < columns; start += panel) {
    panel = vectors_of_panel((columns - start) / width) * width;
    uint32_t *to = units + start * depth;
    for (int64_t k = 0; k < depth; k++, to += panel) {
      const Storage *first = rows + k * Units::elements * stride + start;
      const Storage *second = k * Units::elements + 1 < count ? first + stride : nullptr;
      const int64_t inside = std::min(panel, size - start);
      for (int64_t c = 0; c < inside; c++) to[c] = Units::unit(first + c, second ? second + c : nullptr);
      for (int64_t c = inside; c < panel; c++) to[c] = 0;
    }
  }
  return {units, columns, depth};
}

// `rows` [count, size] as an A along their elements.
template <typename Units, typename Storage>
OperandA pack_along(const Storage *rows, int64_t stride, int64_t count, int64_t size, uint32_t *units) {
  const int64_t depth = depth_of<Units>(size);
  for (int64_t r = 0; r < count; r++) {
    const Storage *row = rows + r * stride;
    for (int64_t k = 0; k < depth; k++) {
      const int64_t first = k * Units::elements, second = first + 1;
      units[r * depth + k] = Units::unit(row + first, second < size ? row + second : nullptr);
    }
  }
  return {units, depth, 1};
}

// `count` rows of A times one panel of B, held in registers.
template <typename Units, int count, int vectors>
FUSED_INLINE void tile(int64_t depth, const uint32_t *a, int64_t row_stride, int64_t depth_stride, const uint32_t *b,
                       float *c, int64_t c_stride, bool accumulate) {
  Floats sums[count][vectors];
#pragma clang loop unroll(full)
  for (int r = 0; r < count; r++) {
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) sums[r][v] = accumulate ? load_floats(c + r * c_stride + v * width) : zeros();
  }
  for (int64_t k = 0; k < depth; k++, a += depth_stride, b += vectors * width) {
    Words panel[vectors];
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) panel[v] = load<Words>(b + v * width);
#pragma clang loop unroll(full)
    for (int r = 0; r < count; r++) {
      const Words unit = Words(a[r * row_stride]);
#pragma clang loop unroll(full)
      for (int v = 0; v < vectors; v++) sums[r][v] = Units::multiply_add(unit, panel[v], sums[r][v]);
    }
  }
#pragma clang loop unroll(full)
  for (int r = 0; r < count; r++) {
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) store_floats(c + r * c_stride + v * width, sums[r][v]);
  }
}

template <typename Units, int vectors>
void panel_product(int64_t rows, int64_t depth, OperandA a, const uint32_t *b, float *c, int64_t c_stride,
                   bool accumulate) {
  constexpr int tall = vectors * 6 <= panel_vectors * 3 ? 12 : 6;
  int64_t r = 0;
  for (; r + tall <= rows; r += tall) {
    tile<Units, tall, vectors>(depth, a.units + r * a.row_stride, a.row_stride, a.depth_stride, b, c + r * c_stride,
                               c_stride, accumulate);
  }
  for (; r + 4 <= rows; r += 4) {
    tile<Units, 4, vectors>(depth, a.units + r * a.row_stride, a.row_stride, a.depth_stride, b, c + r * c_stride,
                            c_stride, accumulate);
  }
  for (; r + 2 <= rows; r += 2) {
    tile<Units, 2, vectors>(depth, a.units + r * a.row_stride, a.row_stride, a.depth_stride, b, c + r * c_stride,
                            c_stride, accumulate);
  }
  if (r < rows) {
    tile<Units, 1, vectors>(depth, a.units + r * a.row_stride, a.row_stride, a.depth_stride, b, c + r * c_stride,
                            c_stride, accumulate);
  }
}

// C [rows, columns] = (or +=) A·B over the first `depth` units and the first `columns` columns of B. C's columns are
// written up to the end of the last panel touched.
template <typename Units>
void product(int64_t rows, int64_t columns, int64_t depth, OperandA a, OperandB b, float *c, int64_t c_stride,
             bool accumulate) {
  for (int64_t start = 0, vectors; start < columns; start += vectors * width) {
    vectors = vectors_of_panel((b.columns - start) / width);
    const uint32_t *panel = b.units + start * b.depth;
    if constexpr (panel_vectors == 4) {
      if (vectors == 4) panel_product<Units, 4>(rows, depth, a, panel, c + start, c_stride, accumulate);
    }
    if (vectors == 2) panel_product<Units, 2>(rows, depth, a, panel, c + start, c_stride, accumulate);
    if (vectors == 1) panel_product<Units, 1>(rows, depth, a, panel, c + start, c_stride, accumulate);
  }
}

} // namespace
} // namespace ctorch::fused
