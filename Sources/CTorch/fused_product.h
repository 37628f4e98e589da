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
  // The first `count` elements of a row, as units along it.
  template <typename Storage> FUSED_INLINE static Words load_along(const Storage *row, int64_t count) {
    return as<Words>(count >= width ? load_floats(row) : load_some(row, count));
  }
  // The first `count` elements of a row, as units across it and its lower neighbour (none here).
  template <typename Storage>
  FUSED_INLINE static Words load_across(const Storage *row, const Storage *, int64_t count) {
    return load_along(row, count);
  }
  static constexpr bool lies_as_units(const float *, int64_t, int64_t) { return true; }
  static constexpr bool lies_as_units(const uint16_t *, int64_t, int64_t) { return false; }
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
  FUSED_INLINE static Words load_along(const uint16_t *row, int64_t count) {
    if (count >= 2 * width) return load<Words>(row);
    uint16_t part[2 * FUSED_WIDTH] = {};
    for (int64_t i = 0; i < count; i++) part[i] = row[i];
    return load<Words>(part);
  }
  FUSED_INLINE static Words load_across(const uint16_t *row, const uint16_t *lower, int64_t count) {
    uint16_t part[2][FUSED_WIDTH] = {};
    if (count < width) {
      for (int64_t i = 0; i < count; i++) part[0][i] = row[i], part[1][i] = lower ? lower[i] : 0;
      row = part[0], lower = part[1];
    }
    const Words first = __builtin_convertvector(load<Halves>(row), Words);
    return lower ? first | (__builtin_convertvector(load<Halves>(lower), Words) << 16) : first;
  }
  static constexpr bool lies_as_units(const uint16_t *, int64_t stride, int64_t size) {
    return stride % 2 == 0 && size % 2 == 0;
  }
  FUSED_INLINE static void store_along(uint32_t *row, int64_t j, Floats v) { store(row + j / 2, narrow(v)); }
  FUSED_INLINE static void store_across(uint32_t *row, int64_t, int64_t j, Floats v0, Floats v1) {
    const __m512i both = as<__m512i>(_mm512_cvtne2ps_pbh(as<__m512>(v1), as<__m512>(v0)));
    store(row + j, as<Words>(_mm512_permutexvar_epi16(as<__m512i>(alternate_halves), both)));
  }
  // 0, 16, 1, 17, …
  typedef uint16_t Places __attribute__((ext_vector_type(2 * FUSED_WIDTH)));
  static constexpr Places alternate_halves = {0, 16, 1, 17, 2,  18, 3,  19, 4,  20, 5,  21, 6,  22, 7,  23,
                                              8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31};
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
    for (int64_t c = 0; c < panel; c += width) {
      for (int64_t k = 0; k < depth; k += width) {
        const int64_t first = k * Units::elements;
        Words square[FUSED_WIDTH];
#pragma clang loop unroll(full)
        for (int64_t i = 0; i < width; i++) {
          const int64_t row = start + c + i;
          square[i] = row < count ? Units::load_along(rows + row * stride + first, size - first) : Words(0);
        }
        transpose(square);
        uint32_t *to = units + start * depth + k * panel + c;
        if (k + width <= depth) {
#pragma clang loop unroll(full)
          for (int64_t i = 0; i < width; i++) store(to + i * panel, square[i]);
        } else {
          for (int64_t i = 0; k + i < depth; i++) store(to + i * panel, square[i]);
        }
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
      for (int64_t c = 0; c < panel; c += width) {
        store(to + c, Units::load_across(first + c, second ? second + c : nullptr, size - start - c));
      }
    }
  }
  return {units, columns, depth};
}

// `rows` [count, size] as an A along their elements: as they lie, or else copied to `units`, which has room for
// count · round_up(depth, width).
template <typename Units, typename Storage>
OperandA operand_along(const Storage *rows, int64_t stride, int64_t count, int64_t size, uint32_t *units) {
  if (Units::lies_as_units(rows, stride, size)) {
    return {reinterpret_cast<const uint32_t *>(rows), stride / Units::elements, 1};
  }
  const int64_t depth = round_up(depth_of<Units>(size), width);
  for (int64_t r = 0; r < count; r++) {
    for (int64_t k = 0; k < depth; k += width) {
      const int64_t first = k * Units::elements;
      store(units + r * depth + k, Units::load_along(rows + r * stride + first, size - first));
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
      const Words unit = Words(load<uint32_t>(a + r * row_stride));
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
