#include "internal.h"

using namespace ctorch;

int ctorch_reshape(const ctorch_tensor *a, const int64_t *shape, int rank, ctorch_tensor **out) {
  return produce(out, [&] { return a->value.reshape(at::IntArrayRef(shape, rank)); });
}

int ctorch_transpose(const ctorch_tensor *a, int64_t first, int64_t second, ctorch_tensor **out) {
  return produce(out, [&] { return a->value.transpose(first, second); });
}

int ctorch_expand(const ctorch_tensor *a, const int64_t *shape, int rank, ctorch_tensor **out) {
  return produce(out, [&] { return a->value.expand(at::IntArrayRef(shape, rank)); });
}

int ctorch_narrow(const ctorch_tensor *a, int64_t dimension, int64_t start, int64_t length, ctorch_tensor **out) {
  return produce(out, [&] { return a->value.narrow(dimension, start, length); });
}

int ctorch_split(const ctorch_tensor *a, int64_t dimension, const int64_t *sizes, int count, ctorch_tensor **out) {
  return guarded([&] {
    auto parts = a->value.split_with_sizes(at::IntArrayRef(sizes, count), dimension);
    for (int i = 0; i < count; i++) give(&out[i], parts[i]);
  });
}

int ctorch_select(const ctorch_tensor *a, int64_t dimension, int64_t index, ctorch_tensor **out) {
  return produce(out, [&] { return a->value.select(dimension, index); });
}

int ctorch_stride(const ctorch_tensor *a, int64_t dimension, int64_t start, int64_t step, ctorch_tensor **out) {
  return produce(out, [&] { return a->value.slice(dimension, start, std::nullopt, step); });
}

int ctorch_concatenate(const ctorch_tensor *const *tensors, int count, int64_t dimension, ctorch_tensor **out) {
  return produce(out, [&] { return at::cat(values(tensors, count), dimension); });
}

int ctorch_index_select(const ctorch_tensor *a, int64_t dimension, const ctorch_tensor *index, ctorch_tensor **out) {
  return produce(out, [&] { return at::index_select(a->value, dimension, index->value); });
}

int ctorch_scatter_rows(const ctorch_tensor *a, const ctorch_tensor *index, int64_t count, ctorch_tensor **out) {
  return produce(out, [&] {
    auto shape = a->value.sizes().vec();
    shape[0] = count;
    return at::zeros(shape, a->value.options()).index_copy(0, index->value, a->value);
  });
}

int ctorch_gather(const ctorch_tensor *a, int64_t dimension, const ctorch_tensor *index, ctorch_tensor **out) {
  return produce(out, [&] { return at::gather(a->value, dimension, index->value); });
}
