// The backward of fused_attention_kernel.h's head, and the two entry points.
#pragma once

#include "fused_attention_kernel.h"

namespace ctorch::fused {
namespace {

// The memory of one head's backward: operands of the whole document, then of one block of query rows.
template <typename Storage, typename Units, bool dropout> struct BackwardHead {
  const Attention &a;
  const AttentionTask &task;
  const Head<Storage> head{a, task};
  Scratch &scratch = Scratch::of_thread();
  const int64_t keys = task.key_count, stride = score_stride(round_up(keys, width));
  const int64_t value_columns = round_up(a.value_size, width), map_columns = round_up(a.map_size, width);
  const int64_t value_depth = depth_of<Units>(a.value_size), map_depth = depth_of<Units>(a.map_size);
  const int64_t rows = rows_of_block(stride, head.maps + 2);

  OperandB keys_transposed[2], keys_in_rows[2], values_transposed;
  float *key_gradients[2], *value_gradients;
  float *scores[2], *gradient, *attended, *query_gradients;
  uint32_t *along[2], *query_along, *query_rows[2], *result_along, *result_rows;

  uint32_t *units(int64_t count) { return reinterpret_cast<uint32_t *>(scratch.take(count)); }

  float *cleared(int64_t count) {
    float *memory = scratch.take(count);
    std::memset(memory, 0, count * sizeof(float));
    return memory;
  }

  void prepare() {
    scratch.reset();
    for (int m = 0; m < head.key_maps; m++) {
      const Storage *key = head.key(a.key, m);
      keys_transposed[m] = pack_transposed<Units>(key, a.key.stride, keys, a.map_size,
                                                  units(units_of_b<Units>(a.map_size, keys)));
      keys_in_rows[m] =
          pack_rows<Units>(key, a.key.stride, keys, a.map_size, units(units_of_b<Units>(keys, a.map_size)));
      key_gradients[m] = cleared(keys * map_columns);
    }
    if (head.key_maps < head.maps) {
      keys_transposed[1] = keys_transposed[0];
      keys_in_rows[1] = keys_in_rows[0];
      key_gradients[1] = key_gradients[0];
    }
    values_transposed = pack_transposed<Units>(head.value(a.value), a.value.stride, keys, a.value_size,
                                               units(units_of_b<Units>(a.value_size, keys)));
    value_gradients = cleared(keys * value_columns);
    for (int m = 0; m < head.maps; m++) {
      scores[m] = scratch.take(rows * stride);
      // Floats serve both ways as they lie; pairs of bfloat16 need a second copy of dS.
      along[m] = Units::elements > 1 ? units(rows * stride) : reinterpret_cast<uint32_t *>(scores[m]);
      query_rows[m] = units(units_of_b<Units>(rows, a.map_size));
    }
    gradient = scratch.take(rows * stride);
    attended = scratch.take(rows * stride);
    query_gradients = scratch.take(rows * map_columns);
    query_along = units(rows * round_up(map_depth, width));
    result_along = units(rows * round_up(value_depth, width));
    result_rows = units(units_of_b<Units>(rows, a.value_size));
  }

  void differentiate_pair(int64_t start, int64_t r, int64_t count, int64_t columns, float *lambda_sum) {
    RowPair pair;
    const int64_t place = r * stride;
    for (int m = 0; m < head.maps; m++) {
      pair.scores[m] = scores[m] + place;
      pair.along[m] = along[m] + place;
    }
    pair.gradient = gradient + place;
    pair.attended = reinterpret_cast<uint32_t *>(attended + place);
    pair.stride = stride;
    pair.columns = columns;
    pair.scale = a.scale * log2_of_e;
    for (int i = 0; i < 2; i++) {
      const int64_t row = start + r + i;
      const bool inside = r + i < count;
      pair.limit[i] = inside ? head.limit(row) : 0;
      pair.lambda[i] = inside ? head.lambda(row) : 0;
      pair.key[i] = head.dropout_key(row);
      for (int m = 0; m < head.maps; m++) pair.log_sums[i][m] = inside ? head.log_sums(row)[m] : 0;
    }
    if (head.maps == 1) {
      differentiate_rows<Units, 1, dropout>(pair, a.dropout);
      return;
    }
    differentiate_rows<Units, 2, dropout>(pair, a.dropout);
    for (int i = 0; i < 2 && r + i < count; i++) {
      *lambda_sum -= pair.sums[i][1];
      const int64_t row = task.query_start + start + r + i;
      if (a.lambda_stride) a.lambda_gradient[row * a.heads + task.head] = -pair.sums[i][1];
    }
  }

  void block(int64_t start, float *lambda_sum) {
    const int64_t count = std::min(rows, task.query_count - start), limit = head.limit(start + count - 1);
    const int64_t columns = round_up(limit, width), depth = depth_of<Units>(count);
    for (int m = 0; m < head.maps; m++) {
      const Storage *query = head.query(a.query, start, m);
      product<Units>(count, columns, map_depth,
                     operand_along<Units>(query, a.query.stride, count, a.map_size, query_along), keys_transposed[m],
                     scores[m], stride, false);
    }
    const Storage *result = head.result(a.result_gradient, start);
    const int64_t result_stride = a.result_gradient.stride;
    product<Units>(count, columns, value_depth,
                   operand_along<Units>(result, result_stride, count, a.value_size, result_along), values_transposed,
                   gradient, stride, false);
    for (int64_t r = 0; r < count; r += 2) differentiate_pair(start, r, count, columns, lambda_sum);

    const int64_t across = stride * Units::elements;
    product<Units>(limit, value_columns, depth, {reinterpret_cast<uint32_t *>(attended), 1, across},
                   pack_rows<Units>(result, result_stride, count, a.value_size, result_rows), value_gradients,
                   value_columns, true);
    for (int m = 0; m < head.maps; m++) {
      const Storage *query = head.query(a.query, start, m);
      product<Units>(limit, map_columns, depth, {reinterpret_cast<uint32_t *>(scores[m]), 1, across},
                     pack_rows<Units>(query, a.query.stride, count, a.map_size, query_rows[m]), key_gradients[m],
                     map_columns, true);
      product<Units>(count, map_columns, depth_of<Units>(limit), {along[m], stride, 1}, keys_in_rows[m],
                     query_gradients, map_columns, false);
      for (int64_t r = 0; r < count; r++) {
        store_row(head.query(a.query_gradient, start + r, m), query_gradients + r * map_columns, a.map_size, a.scale);
      }
    }
  }

  void run() {
    prepare();
    float lambda_sum = 0;
    for (int64_t start = 0; start < task.query_count; start += rows) block(start, &lambda_sum);
    if (head.maps == 2 && !a.lambda_stride) a.lambda_gradient[task.document * a.heads + task.head] = lambda_sum;
    for (int64_t k = 0; k < keys; k++) {
      for (int m = 0; m < head.key_maps; m++) {
        store_row(head.key(a.key_gradient, m) + k * a.key_gradient.stride, key_gradients[m] + k * map_columns,
                  a.map_size, a.scale);
      }
      store_row(head.value(a.value_gradient) + k * a.value_gradient.stride, value_gradients + k * value_columns,
                a.value_size, 1);
    }
  }
};

template <typename Storage, typename Units> void forward_in(const Attention &a, const AttentionTask &task) {
  if (a.lambda) {
    a.dropout.active() ? forward_head<Storage, Units, 2, true>(a, task)
                       : forward_head<Storage, Units, 2, false>(a, task);
  } else {
    a.dropout.active() ? forward_head<Storage, Units, 1, true>(a, task)
                       : forward_head<Storage, Units, 1, false>(a, task);
  }
}

template <typename Storage, typename Units> void backward_in(const Attention &a, const AttentionTask &task) {
  if (a.dropout.active()) {
    BackwardHead<Storage, Units, true>{a, task}.run();
  } else {
    BackwardHead<Storage, Units, false>{a, task}.run();
  }
}

#if FUSED_BFLOAT16_DOT
using UnitsOfBfloat16 = Bfloat16Units;
#else
using UnitsOfBfloat16 = FloatUnits; // widened while packed
#endif

void attention_forward(const Attention &a, const AttentionTask &task) {
  if (a.bfloat16) {
    forward_in<uint16_t, UnitsOfBfloat16>(a, task);
  } else {
    forward_in<float, FloatUnits>(a, task);
  }
}

void attention_backward(const Attention &a, const AttentionTask &task) {
  if (a.bfloat16) {
    backward_in<uint16_t, UnitsOfBfloat16>(a, task);
  } else {
    backward_in<float, FloatUnits>(a, task);
  }
}

} // namespace
} // namespace ctorch::fused
