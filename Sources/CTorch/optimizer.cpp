#include "internal.h"

#include <cmath>

using namespace ctorch;

namespace {
std::vector<at::Tensor> gradients(const std::vector<at::Tensor> &parameters) {
  std::vector<at::Tensor> list;
  for (const auto &parameter : parameters) {
    if (parameter.grad().defined()) list.push_back(parameter.grad());
  }
  return list;
}
} // namespace

// A parameter without a gradient is left as it is, as torch.optim does.
int ctorch_adamw_step(ctorch_tensor *const *parameters, ctorch_tensor *const *first_moments,
                      ctorch_tensor *const *second_moments, ctorch_tensor *const *steps, int count,
                      double learning_rate, double beta1, double beta2, double epsilon, double weight_decay) {
  return guarded([&] {
    c10::NoGradGuard no_gradients;
    std::vector<at::Tensor> weights, slopes, first, second, counters;
    for (int i = 0; i < count; i++) {
      const auto &gradient = parameters[i]->value.grad();
      if (!gradient.defined()) continue;
      weights.push_back(parameters[i]->value);
      slopes.push_back(gradient);
      first.push_back(first_moments[i]->value);
      second.push_back(second_moments[i]->value);
      counters.push_back(steps[i]->value);
    }
    if (weights.empty()) return;
    at::_foreach_add_(counters, 1);
    at::_fused_adamw_(weights, slopes, first, second, {}, counters, learning_rate, beta1, beta2, weight_decay, epsilon,
                      /*amsgrad=*/false, /*maximize=*/false);
  });
}

// As torch.nn.utils.clip_grad_norm_: the factor is maximum / (norm + 1e-6), at most 1.
int ctorch_clip_gradients(ctorch_tensor *const *parameters, int count, double maximum, double *norm) {
  return guarded([&] {
    c10::NoGradGuard no_gradients;
    auto slopes = gradients(values(parameters, count));
    *norm = 0;
    if (slopes.empty()) return;
    *norm = at::stack(at::_foreach_norm(slopes)).norm().item<double>();
    double factor = maximum / (*norm + 1e-6);
    if (maximum > 0 && factor < 1) at::_foreach_mul_(slopes, factor);
  });
}
