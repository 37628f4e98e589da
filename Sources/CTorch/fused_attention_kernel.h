// Attention of one head over one document, forward and backward, without ever storing the map.
//
// The document's keys and values are packed once. Then, for a block of query rows at a time: scores of the block
// against all keys (so that no running maximum is needed), softmax in base 2, for a differential head the difference
// of its two maps, dropout, and the product with the values. The block's scores stay in the second-level cache.
// The backward computes the maps again from the saved denominators and draws the same dropout mask again.
//
//   A = P₁ − λ·P₂ (or P₁), Ã = A∘M, O = Ã·V, with M the mask, already divided by the chance to keep
//   dV = Ãᵀ·dO;  G = (dO·Vᵀ)∘M;  Dₘ = rowsum(Pₘ∘G);  dS₁ = P₁∘(G − D₁);  dS₂ = −λ·P₂∘(G − D₂);  dλ = −D₂
//   dQₘ = scale·dSₘ·Kₘ;  dKₘ = scale·dSₘᵀ·Qₘ
#pragma once

#include "fused_product.h"

namespace ctorch::fused {
namespace {

constexpr float log2_of_e = 1.44269504088896341f;

// Where one head's rows lie.
template <typename Storage> struct Head {
  const Attention &attention;
  const AttentionTask &task;
  const int maps = attention.maps(), key_maps = attention.key_maps();

  Storage *at(const Rows &rows, int64_t row, int64_t column) const {
    return static_cast<Storage *>(rows.data) + row * rows.stride + column;
  }
  Storage *query(const Rows &rows, int64_t row, int map) const {
    return at(rows, task.query_start + row, (task.head * maps + map) * attention.map_size);
  }
  Storage *key(const Rows &rows, int map) const {
    return at(rows, task.key_start, (task.head * key_maps + map) * attention.map_size);
  }
  Storage *value(const Rows &rows) const { return at(rows, task.key_start, task.head * attention.value_size); }
  Storage *result(const Rows &rows, int64_t row) const {
    return at(rows, task.query_start + row, task.head * attention.value_size);
  }
  // How many keys a query sees; a causal block of queries ends where its keys end.
  int64_t limit(int64_t row) const {
    if (!attention.causal) return task.key_count;
    return std::clamp<int64_t>(row + 1 + task.key_count - task.query_count, 0, task.key_count);
  }
  float lambda(int64_t row) const {
    if (maps == 1) return 0;
    return attention.lambda[(task.query_start + row) * attention.lambda_stride + task.head];
  }
  float *log_sums(int64_t row) const {
    return attention.log_sums + ((task.query_start + row) * attention.heads + task.head) * maps;
  }
  uint64_t dropout_key(int64_t row) const {
    return attention.dropout.row_key((task.query_start + row) * attention.heads + task.head);
  }
};

// Rows of a block, so that `buffers` score matrices of it fit about half of a second-level cache.
inline int64_t rows_of_block(int64_t columns, int64_t buffers) {
  return std::clamp<int64_t>((1 << 17) / (buffers * columns) / 4 * 4, 8, 64);
}

// Rows further apart than a power of two do not fight for the same cache sets.
inline int64_t score_stride(int64_t columns) { return columns + 16; }

template <typename Storage>
void store_row(Storage *to, const float *from, int64_t count, float factor) {
  int64_t j = 0;
  for (; j + width <= count; j += width) store_floats(to + j, load_floats(from + j) * factor);
  if (j < count) store_some(to + j, load_floats(from + j) * factor, count - j);
}

// The lanes of the vector at column `j` that lie before `limit`.
FUSED_INLINE Ints inside(int64_t j, int64_t limit) {
  return lane_indices() + static_cast<int32_t>(j) < static_cast<int32_t>(limit);
}

// exp2(scale·s − shift) in place, with the largest at 1 and zeros from `limit` to `columns`; returns their sum.
inline float exponentials(float *scores, int64_t limit, int64_t columns, float scale, float *shift) {
  Floats largest = Floats(-INFINITY), sum = zeros();
  int64_t j = 0;
  for (; j + width <= limit; j += width) largest = maximum(largest, load_floats(scores + j));
  if (j < limit) largest = maximum(largest, inside(j, limit) ? load_floats(scores + j) : Floats(-INFINITY));
  *shift = maximum_of(largest) * scale;
  for (j = 0; j + width <= limit; j += width) {
    const Floats e = exp2_of(load_floats(scores + j) * scale - *shift);
    sum += e;
    store_floats(scores + j, e);
  }
  for (; j < columns; j += width) {
    const Floats e = select(inside(j, limit), exp2_of(load_floats(scores + j) * scale - *shift));
    sum += e;
    store_floats(scores + j, e);
  }
  return sum_of(sum);
}

// Turns a row of scores into the (unnormalised, for one map) row of Ã, as the A of a product along the keys;
// returns the factor that the row of the product still has to be multiplied with.
template <typename Units, int maps, bool dropout>
float attend_row(float *const *scores, int64_t limit, int64_t columns, float scale, float lambda,
                 const Dropout &drop, uint64_t key, float *log_sums) {
  float inverse[2] = {0, 0};
  for (int m = 0; m < maps; m++) {
    float shift;
    const float sum = exponentials(scores[m], limit, columns, scale, &shift);
    inverse[m] = limit > 0 ? 1 / sum : 0;
    if (log_sums) log_sums[m] = limit > 0 ? shift + std::log2(sum) : 0;
  }
  const float first = maps == 2 ? inverse[0] : 1, second = lambda * inverse[1];
  auto *row = reinterpret_cast<uint32_t *>(scores[0]);
  for (int64_t j = 0; j < columns; j += width) {
    Floats a = load_floats(scores[0] + j);
    if (maps == 2) a = a * first - load_floats(scores[1] + j) * second;
    if constexpr (dropout) a = select(kept(drop, key, j), a);
    Units::store_along(row, j, a);
  }
  return (maps == 2 ? 1 : inverse[0]) * (dropout ? drop.keep_scale : 1);
}

template <typename Storage, typename Units, int maps, bool dropout>
void forward_head(const Attention &a, const AttentionTask &task) {
  const Head<Storage> head{a, task};
  Scratch &scratch = Scratch::of_thread();
  scratch.reset();
  const auto units = [&](int64_t count) { return reinterpret_cast<uint32_t *>(scratch.take(count)); };
  const int64_t keys = task.key_count, stride = score_stride(round_up(keys, width));
  const int64_t value_columns = round_up(a.value_size, width), map_depth = depth_of<Units>(a.map_size);
  const int64_t rows = rows_of_block(stride, head.maps);

  OperandB packed_keys[2];
  for (int m = 0; m < head.key_maps; m++) {
    packed_keys[m] = pack_transposed<Units>(head.key(a.key, m), a.key.stride, keys, a.map_size,
                                            units(units_of_b<Units>(a.map_size, keys)));
  }
  if (head.key_maps < head.maps) packed_keys[1] = packed_keys[0];
  const OperandB values = pack_rows<Units>(head.value(a.value), a.value.stride, keys, a.value_size,
                                           units(units_of_b<Units>(keys, a.value_size)));
  float *scores[2] = {};
  for (int m = 0; m < head.maps; m++) scores[m] = scratch.take(rows * stride);
  uint32_t *query = units(rows * round_up(map_depth, width));
  float *result = scratch.take(rows * value_columns), factors[64];

  for (int64_t start = 0; start < task.query_count; start += rows) {
    const int64_t count = std::min(rows, task.query_count - start), limit = head.limit(start + count - 1);
    const int64_t columns = round_up(limit, width);
    for (int m = 0; m < head.maps; m++) {
      const OperandA q =
          operand_along<Units>(head.query(a.query, start, m), a.query.stride, count, a.map_size, query);
      product<Units>(count, columns, map_depth, q, packed_keys[m], scores[m], stride, false);
    }
    for (int64_t r = 0; r < count; r++) {
      float *row[2] = {scores[0] + r * stride, scores[1] + r * stride};
      factors[r] = attend_row<Units, maps, dropout>(row, head.limit(start + r), columns, a.scale * log2_of_e,
                                              head.lambda(start + r), a.dropout, head.dropout_key(start + r),
                                              a.log_sums ? head.log_sums(start + r) : nullptr);
    }
    product<Units>(count, value_columns, depth_of<Units>(limit), {reinterpret_cast<uint32_t *>(scores[0]), stride, 1},
                   values, result, value_columns, false);
    for (int64_t r = 0; r < count; r++) {
      store_row(head.result(a.result, start + r), result + r * value_columns, a.value_size, factors[r]);
    }
  }
}

// Two neighbouring rows of the backward's matrices; rows of a matrix are `stride` apart.
struct RowPair {
  float *scores[2];     // in: scores. out: dS as the A of a product across the rows
  uint32_t *along[2];   // out: dS as the A of a product along the keys, rows `stride` apart
  float *gradient;      // in: dO·Vᵀ. used up
  uint32_t *attended;   // out: Ã as the A of a product across the rows
  int64_t stride, columns, limit[2];
  float scale, lambda[2], log_sums[2][2]; // log_sums: [row][map]
  uint64_t key[2];
  float sums[2][2]; // out: D, [row][map]
};

// The vectors at column `j`: probabilities, masked gradient and their products' sums. `whole`: all lanes are keys.
template <typename Units, int maps, bool dropout, bool whole>
FUSED_INLINE void differentiate_column(RowPair &pair, const Dropout &drop, int64_t j, Floats (&sums)[2][2]) {
  Floats attended[2];
#pragma clang loop unroll(full)
  for (int r = 0; r < 2; r++) {
    const int64_t place = r * pair.stride + j;
    const Ints keys = whole ? Ints(-1) : inside(j, pair.limit[r]);
    Ints used = keys;
    if constexpr (dropout) used &= kept(drop, pair.key[r], j);
    Floats gradient = load_floats(pair.gradient + place);
    if constexpr (dropout || !whole) {
      gradient = select(used, gradient * drop.keep_scale);
      store_floats(pair.gradient + place, gradient);
    }
    Floats p[2];
#pragma clang loop unroll(full)
    for (int m = 0; m < maps; m++) {
      p[m] = select(keys, exp2_of(load_floats(pair.scores[m] + place) * pair.scale - pair.log_sums[r][m]));
      store_floats(pair.scores[m] + place, p[m]);
      sums[r][m] += p[m] * gradient;
    }
    const Floats a = maps == 2 ? p[0] - p[1] * pair.lambda[r] : p[0];
    attended[r] = dropout ? select(used, a * drop.keep_scale) : a;
  }
  Units::store_across(pair.attended, pair.stride, j, attended[0], attended[1]);
}

template <typename Units, int maps, bool dropout> void differentiate_rows(RowPair &pair, const Dropout &drop) {
  Floats sums[2][2] = {};
  const int64_t whole = std::min(pair.limit[0], pair.limit[1]);
  int64_t j = 0;
  for (; j + width <= whole; j += width) differentiate_column<Units, maps, dropout, true>(pair, drop, j, sums);
  for (; j < pair.columns; j += width) differentiate_column<Units, maps, dropout, false>(pair, drop, j, sums);
  for (int r = 0; r < 2; r++) {
    for (int m = 0; m < maps; m++) pair.sums[r][m] = sum_of(sums[r][m]);
  }
  for (j = 0; j < pair.columns; j += width) {
#pragma clang loop unroll(full)
    for (int m = 0; m < maps; m++) {
      Floats d[2];
#pragma clang loop unroll(full)
      for (int r = 0; r < 2; r++) {
        const int64_t place = r * pair.stride + j;
        d[r] = load_floats(pair.scores[m] + place) * (load_floats(pair.gradient + place) - pair.sums[r][m]);
        if (m == 1) d[r] *= -pair.lambda[r];
        if constexpr (Units::elements > 1) Units::store_along(pair.along[m] + r * pair.stride, j, d[r]);
      }
      Units::store_across(reinterpret_cast<uint32_t *>(pair.scores[m]), pair.stride, j, d[0], d[1]);
    }
  }
}

} // namespace
} // namespace ctorch::fused
