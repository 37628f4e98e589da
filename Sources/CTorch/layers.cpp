#include "internal.h"

using namespace ctorch;

namespace {
std::optional<at::Tensor> optional(const ctorch_tensor *tensor) {
  return tensor ? std::optional<at::Tensor>(tensor->value) : std::nullopt;
}
} // namespace

int ctorch_linear(const ctorch_tensor *x, const ctorch_tensor *weight, const ctorch_tensor *bias, ctorch_tensor **out) {
  return produce(out, [&] { return at::linear(x->value, weight->value, optional(bias)); });
}

int ctorch_embedding(const ctorch_tensor *weight, const ctorch_tensor *ids, int64_t padding, ctorch_tensor **out) {
  return produce(out, [&] { return at::embedding(weight->value, ids->value, padding); });
}

int ctorch_layer_norm(const ctorch_tensor *x, const ctorch_tensor *weight, const ctorch_tensor *bias, double epsilon,
                      ctorch_tensor **out) {
  return produce(out, [&] {
    return at::layer_norm(x->value, weight->value.sizes(), weight->value, bias->value, epsilon);
  });
}

int ctorch_rms_norm(const ctorch_tensor *x, const ctorch_tensor *weight, double epsilon, ctorch_tensor **out) {
  return produce(out, [&] { return at::rms_norm(x->value, weight->value.sizes(), weight->value, epsilon); });
}

int ctorch_dropout(const ctorch_tensor *x, double probability, ctorch_tensor **out) {
  return produce(out, [&] { return at::dropout(x->value, probability, true); });
}

int ctorch_scaled_dot_product_attention(const ctorch_tensor *query, const ctorch_tensor *key,
                                        const ctorch_tensor *value, const ctorch_tensor *mask, double dropout,
                                        double scale, ctorch_tensor **out) {
  return produce(out, [&] {
    return at::scaled_dot_product_attention(query->value, key->value, value->value, optional(mask), dropout, false,
                                            scale);
  });
}

int ctorch_paired_attention(const ctorch_tensor *const *queries, const ctorch_tensor *const *keys,
                            const ctorch_tensor *value, const ctorch_tensor *mask, double dropout, double scale,
                            ctorch_tensor **first, ctorch_tensor **second) {
  int status = produce(first, [&] {
    auto attend = [&](int map) {
      return at::scaled_dot_product_attention(queries[map]->value, keys[map]->value, value->value, optional(mask),
                                              dropout, false, scale);
    };
    if (dropout == 0) {
      *second = new ctorch_tensor{attend(1)};
      return attend(0);
    }
    // Both calls draw the same numbers for the same shapes: the generator is put back between them.
    auto generator = at::globalContext().defaultGenerator(value->value.device());
    auto locked = [&](auto body) {
      std::lock_guard<std::mutex> lock(generator.mutex());
      return body();
    };
    auto state = locked([&] { return generator.get_state(); });
    *second = new ctorch_tensor{attend(1)};
    locked([&] { generator.set_state(state); return 0; });
    return attend(0);
  });
  if (status != 0 && *second) {
    delete *second;
    *second = nullptr;
  }
  return status;
}

int ctorch_cross_entropy(const ctorch_tensor *logits, const ctorch_tensor *targets, const ctorch_tensor *class_weights,
                         double label_smoothing, int64_t ignored, ctorch_tensor **out) {
  return produce(out, [&] {
    return at::cross_entropy_loss(logits->value, targets->value, optional(class_weights), at::Reduction::Mean, ignored,
                                  label_smoothing);
  });
}
