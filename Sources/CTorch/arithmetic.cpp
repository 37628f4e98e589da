#include "internal.h"

using namespace ctorch;

int ctorch_add(const ctorch_tensor *a, const ctorch_tensor *b, ctorch_tensor **out) {
  return produce(out, [&] { return at::add(a->value, b->value); });
}

int ctorch_subtract(const ctorch_tensor *a, const ctorch_tensor *b, ctorch_tensor **out) {
  return produce(out, [&] { return at::sub(a->value, b->value); });
}

int ctorch_multiply(const ctorch_tensor *a, const ctorch_tensor *b, ctorch_tensor **out) {
  return produce(out, [&] { return at::mul(a->value, b->value); });
}

int ctorch_divide(const ctorch_tensor *a, const ctorch_tensor *b, ctorch_tensor **out) {
  return produce(out, [&] { return at::div(a->value, b->value); });
}

int ctorch_affine(const ctorch_tensor *a, double scale, double shift, ctorch_tensor **out) {
  return produce(out, [&] {
    auto scaled = scale == 1 ? a->value : at::mul(a->value, scale);
    return shift == 0 ? scaled : at::add(scaled, shift);
  });
}

int ctorch_matmul(const ctorch_tensor *a, const ctorch_tensor *b, ctorch_tensor **out) {
  return produce(out, [&] { return at::matmul(a->value, b->value); });
}

int ctorch_solve_positive(const ctorch_tensor *a, const ctorch_tensor *b, ctorch_tensor **out) {
  return produce(out, [&] { return at::cholesky_solve(b->value, at::linalg_cholesky(a->value)); });
}

int ctorch_exp(const ctorch_tensor *a, ctorch_tensor **out) {
  return produce(out, [&] { return at::exp(a->value); });
}

int ctorch_sqrt(const ctorch_tensor *a, ctorch_tensor **out) {
  return produce(out, [&] { return at::sqrt(a->value); });
}

int ctorch_tanh(const ctorch_tensor *a, ctorch_tensor **out) {
  return produce(out, [&] { return at::tanh(a->value); });
}

int ctorch_sigmoid(const ctorch_tensor *a, ctorch_tensor **out) {
  return produce(out, [&] { return at::sigmoid(a->value); });
}

int ctorch_relu(const ctorch_tensor *a, ctorch_tensor **out) {
  return produce(out, [&] { return at::relu(a->value); });
}

int ctorch_gelu(const ctorch_tensor *a, bool tanh_form, ctorch_tensor **out) {
  return produce(out, [&] { return at::gelu(a->value, tanh_form ? "tanh" : "none"); });
}

int ctorch_softmax(const ctorch_tensor *a, int64_t dimension, ctorch_tensor **out) {
  return produce(out, [&] { return at::softmax(a->value, dimension); });
}

int ctorch_log_softmax(const ctorch_tensor *a, int64_t dimension, ctorch_tensor **out) {
  return produce(out, [&] { return at::log_softmax(a->value, dimension); });
}

int ctorch_sum(const ctorch_tensor *a, const int64_t *dimensions, int count, bool keep, ctorch_tensor **out) {
  return produce(out, [&] { return at::sum(a->value, at::IntArrayRef(dimensions, count), keep); });
}

int ctorch_mean(const ctorch_tensor *a, const int64_t *dimensions, int count, bool keep, ctorch_tensor **out) {
  return produce(out, [&] { return at::mean(a->value, at::IntArrayRef(dimensions, count), keep); });
}

int ctorch_argmax(const ctorch_tensor *a, int64_t dimension, ctorch_tensor **out) {
  return produce(out, [&] { return at::argmax(a->value, dimension); });
}

int ctorch_masked_fill(const ctorch_tensor *a, const ctorch_tensor *mask, double value, ctorch_tensor **out) {
  return produce(out, [&] { return at::masked_fill(a->value, mask->value, value); });
}

int ctorch_not_equal_scalar(const ctorch_tensor *a, double value, ctorch_tensor **out) {
  return produce(out, [&] { return at::ne(a->value, value); });
}

int ctorch_greater(const ctorch_tensor *a, const ctorch_tensor *b, ctorch_tensor **out) {
  return produce(out, [&] { return at::gt(a->value, b->value); });
}
