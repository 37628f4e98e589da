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
                      double learning_rate, double beta1, double beta2, double epsilon, double weight_decay,
                      const ctorch_tensor *found_infinite) {
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
    std::optional<at::Tensor> found;
    if (found_infinite) found = found_infinite->value;
    at::_foreach_add_(counters, 1);
    at::_fused_adamw_(weights, slopes, first, second, {}, counters, learning_rate, beta1, beta2, weight_decay, epsilon,
                      /*amsgrad=*/false, /*maximize=*/false, /*grad_scale=*/{}, found);
    // As in torch.optim: an update that is left out does not count.
    if (found) at::_foreach_sub_(counters, std::vector<at::Tensor>(counters.size(), *found));
  });
}

// As torch.nn.utils.clip_grad_norm_: the factor is maximum / (norm + 1e-6), at most 1.
int ctorch_clip_gradients(ctorch_tensor *const *parameters, int count, double maximum, ctorch_tensor **norm) {
  return produce(norm, [&] {
    c10::NoGradGuard no_gradients;
    auto slopes = gradients(values(parameters, count));
    if (slopes.empty()) return at::zeros({});
    auto total = at::stack(at::_foreach_norm(slopes)).norm();
    if (maximum > 0) at::_foreach_mul_(slopes, (maximum / (total + 1e-6)).clamp_max(1));
    return total;
  });
}

int ctorch_unscale_gradients(ctorch_tensor *const *parameters, int count, const ctorch_tensor *scale,
                             ctorch_tensor *found_infinite) {
  return guarded([&] {
    c10::NoGradGuard no_gradients;
    found_infinite->value.zero_();
    auto slopes = gradients(values(parameters, count));
    if (slopes.empty()) return;
    at::_amp_foreach_non_finite_check_and_unscale_(slopes, found_infinite->value,
                                                   scale->value.to(at::kDouble).reciprocal().to(at::kFloat));
  });
}

int ctorch_update_scale(ctorch_tensor *scale, ctorch_tensor *tracker, const ctorch_tensor *found_infinite, double growth,
                        double backoff, int64_t interval) {
  return guarded([&] {
    c10::NoGradGuard no_gradients;
    at::_amp_update_scale_(scale->value, tracker->value, found_infinite->value, growth, backoff, interval);
  });
}
