#include "internal.h"

using namespace ctorch;

int ctorch_set_requires_gradient(ctorch_tensor *tensor, bool requires_gradient) {
  return guarded([&] { tensor->value.set_requires_grad(requires_gradient); });
}

int ctorch_requires_gradient(const ctorch_tensor *tensor, bool *out) {
  return guarded([&] { *out = tensor->value.requires_grad(); });
}

int ctorch_backward(const ctorch_tensor *loss) {
  return guarded([&] { loss->value.backward(); });
}

int ctorch_gradient(const ctorch_tensor *tensor, ctorch_tensor **out) {
  return guarded([&] {
    *out = nullptr;
    const auto &gradient = tensor->value.grad();
    if (gradient.defined()) give(out, gradient.is_sparse() ? gradient.to_dense() : gradient);
  });
}

int ctorch_clear_gradients(ctorch_tensor *const *tensors, int count) {
  return guarded([&] {
    for (int i = 0; i < count; i++) tensors[i]->value.mutable_grad().reset();
  });
}
