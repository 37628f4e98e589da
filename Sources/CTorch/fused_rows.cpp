// Dropout + residual + layer norm, and bias + GELU, as differentiable operators. The arithmetic is in
// fused_rows_kernel.h.
#include "ctorch_fused.h"
#include "fused_kernels.h"
#include "internal.h"

#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>

namespace {

using at::Tensor;
using ctorch::fused::BiasGelu;
using ctorch::fused::Dropout;
using ctorch::fused::ResidualNorm;
using ctorch::fused::RowRange;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;
using MaybeTensor = std::optional<Tensor>;

const float *floats_or_null(const Tensor &tensor) {
  return tensor.defined() ? tensor.const_data_ptr<float>() : nullptr;
}

int64_t rows_in(const Tensor &tensor) { return tensor.size(-1) ? tensor.numel() / tensor.size(-1) : 0; }

// Runs `kernel` over all rows in ranges whose number depends on the rows alone. `sums`: floats of a range's own sums;
// returns their total over the ranges, [sums].
template <typename Arguments>
Tensor run(void (*kernel)(const Arguments &, const RowRange &), const Arguments &arguments, int64_t rows,
           int64_t sums) {
  const int64_t size = std::max<int64_t>(16, (rows + 63) / 64), ranges = (rows + size - 1) / size;
  Tensor parts;
  if (sums) parts = at::empty({ranges, sums}, at::kFloat);
  float *start = sums ? parts.data_ptr<float>() : nullptr;
  ctorch::fused::parallel(ranges, [&](int64_t i) {
    kernel(arguments, {i * size, std::min(rows, (i + 1) * size), start ? start + i * sums : nullptr});
  });
  return sums ? parts.sum(0) : parts;
}

void check_rows(const Tensor &x, const char *operation) {
  TORCH_CHECK(x.is_cpu() && x.dim() >= 1 && (x.scalar_type() == at::kFloat || x.scalar_type() == at::kBFloat16),
              operation, ": rows must be float32 or bfloat16 on the CPU");
}

void check_parameter(const Tensor &parameter, int64_t size, const char *operation) {
  if (!parameter.defined()) return;
  TORCH_CHECK(parameter.is_cpu() && parameter.scalar_type() == at::kFloat && parameter.is_contiguous() &&
                  parameter.dim() == 1 && parameter.size(0) == size,
              operation, ": parameters must be contiguous float32 of ", size, " elements");
}

MaybeTensor given(const Tensor &tensor) { return tensor.defined() ? MaybeTensor(tensor) : std::nullopt; }

bool differentiable(std::initializer_list<Tensor> inputs) {
  return at::GradMode::is_enabled() &&
         std::any_of(inputs.begin(), inputs.end(), [](const Tensor &t) { return t.defined() && t.requires_grad(); });
}

// Dropout + residual + layer norm

struct NormSettings {
  double epsilon, dropout;
  int64_t seed;
};

ResidualNorm residual_norm(const Tensor &x, const Tensor &bias, const Tensor &residual, const Tensor &weight,
                           const Tensor &shift, const Tensor &statistics, const NormSettings &settings) {
  ResidualNorm arguments;
  arguments.x = x.const_data_ptr();
  arguments.residual = residual.const_data_ptr();
  arguments.bias = floats_or_null(bias);
  arguments.weight = floats_or_null(weight);
  arguments.shift = floats_or_null(shift);
  if (statistics.defined()) arguments.statistics = statistics.data_ptr<float>();
  arguments.size = x.size(-1);
  arguments.bfloat16 = x.scalar_type() == at::kBFloat16;
  arguments.epsilon = static_cast<float>(settings.epsilon);
  arguments.dropout = Dropout(settings.dropout, static_cast<uint64_t>(settings.seed));
  return arguments;
}

Tensor norm_forward(ResidualNorm arguments, const Tensor &x) {
  const Tensor result = at::empty_like(x);
  arguments.result = result.data_ptr();
  run(ctorch::fused::kernels().residual_norm_forward, arguments, rows_in(x), 0);
  return result;
}

struct FusedResidualNorm : torch::autograd::Function<FusedResidualNorm> {
  static Tensor forward(AutogradContext *context, const Tensor &x, const MaybeTensor &bias, const Tensor &residual,
                        const Tensor &weight, const Tensor &shift, double epsilon, double dropout, int64_t seed) {
    const Tensor statistics = at::empty({rows_in(x), 2}, x.options().dtype(at::kFloat));
    const Tensor bias_tensor = bias.value_or(Tensor());
    context->save_for_backward({x, bias_tensor, residual, weight, shift, statistics});
    context->saved_data["epsilon"] = epsilon;
    context->saved_data["dropout"] = dropout;
    context->saved_data["seed"] = seed;
    const NormSettings settings = {epsilon, dropout, seed};
    return norm_forward(residual_norm(x, bias_tensor, residual, weight, shift, statistics, settings), x);
  }

  static variable_list backward(AutogradContext *context, const variable_list &gradients) {
    const variable_list saved = context->get_saved_variables();
    const Tensor &x = saved[0], &bias = saved[1];
    const NormSettings settings = {context->saved_data["epsilon"].toDouble(),
                                   context->saved_data["dropout"].toDouble(), context->saved_data["seed"].toInt()};
    ResidualNorm arguments = residual_norm(x, bias, saved[2], saved[3], saved[4], saved[5], settings);
    const Tensor result_gradient = gradients[0].contiguous(), residual_gradient = at::empty_like(x);
    // Without dropout both branches have the same gradient, written once where no sum for the bias is needed.
    const bool shared = !arguments.dropout.active() && !bias.defined();
    const Tensor x_gradient = shared ? residual_gradient : at::empty_like(x);
    arguments.result_gradient = result_gradient.const_data_ptr();
    arguments.residual_gradient = residual_gradient.data_ptr();
    if (!shared) arguments.x_gradient = x_gradient.data_ptr();
    const int64_t size = x.size(-1);
    const Tensor sums = run(ctorch::fused::kernels().residual_norm_backward, arguments, rows_in(x), 3 * size);
    const auto part = [&](int64_t i) { return sums.narrow(0, i * size, size); };
    return {x_gradient, bias.defined() ? part(2) : Tensor(), residual_gradient, part(0), part(1), {}, {}, {}};
  }
};

// Bias + GELU

BiasGelu bias_gelu(const Tensor &x, const Tensor &bias, bool tanh_form) {
  BiasGelu arguments;
  arguments.x = x.const_data_ptr();
  arguments.bias = floats_or_null(bias);
  arguments.size = x.size(-1);
  arguments.bfloat16 = x.scalar_type() == at::kBFloat16;
  arguments.tanh_form = tanh_form;
  return arguments;
}

Tensor gelu_forward(const Tensor &x, const Tensor &bias, bool tanh_form) {
  const Tensor result = at::empty_like(x);
  BiasGelu arguments = bias_gelu(x, bias, tanh_form);
  arguments.result = result.data_ptr();
  run(ctorch::fused::kernels().bias_gelu_forward, arguments, rows_in(x), 0);
  return result;
}

struct FusedBiasGelu : torch::autograd::Function<FusedBiasGelu> {
  static Tensor forward(AutogradContext *context, const Tensor &x, const MaybeTensor &bias, bool tanh_form) {
    const Tensor bias_tensor = bias.value_or(Tensor());
    context->save_for_backward({x, bias_tensor});
    context->saved_data["tanh"] = tanh_form;
    return gelu_forward(x, bias_tensor, tanh_form);
  }

  static variable_list backward(AutogradContext *context, const variable_list &gradients) {
    const variable_list saved = context->get_saved_variables();
    const Tensor &x = saved[0], &bias = saved[1];
    BiasGelu arguments = bias_gelu(x, bias, context->saved_data["tanh"].toBool());
    const Tensor result_gradient = gradients[0].contiguous(), x_gradient = at::empty_like(x);
    arguments.result_gradient = result_gradient.const_data_ptr();
    arguments.x_gradient = x_gradient.data_ptr();
    const Tensor sums = run(ctorch::fused::kernels().bias_gelu_backward, arguments, rows_in(x), x.size(-1));
    return {x_gradient, bias.defined() ? sums : Tensor(), {}};
  }
};

Tensor value_or_none(const ctorch_tensor *tensor) { return tensor ? tensor->value : Tensor(); }

} // namespace

int ctorch_fused_dropout_residual_layer_norm(const ctorch_tensor *x, const ctorch_tensor *bias,
                                             const ctorch_tensor *residual, const ctorch_tensor *weight,
                                             const ctorch_tensor *shift, double epsilon, double dropout, uint64_t seed,
                                             ctorch_tensor **out) {
  return ctorch::produce(out, [&] {
    const char *const operation = "dropout + residual + layer norm";
    const Tensor rows = x->value.contiguous(), others = residual->value.contiguous(), add = value_or_none(bias);
    check_rows(rows, operation);
    TORCH_CHECK(others.sizes() == rows.sizes() && others.scalar_type() == rows.scalar_type() && others.is_cpu(),
                operation, ": x and the residual differ in shape, dtype or device");
    TORCH_CHECK(dropout >= 0 && dropout < 1, operation, ": dropout must be in [0, 1)");
    check_parameter(add, rows.size(-1), operation);
    check_parameter(weight->value, rows.size(-1), operation);
    check_parameter(shift->value, rows.size(-1), operation);
    if (differentiable({rows, add, others, weight->value, shift->value})) {
      return FusedResidualNorm::apply(rows, given(add), others, weight->value, shift->value, epsilon, dropout,
                                      static_cast<int64_t>(seed));
    }
    const NormSettings settings = {epsilon, dropout, static_cast<int64_t>(seed)};
    return norm_forward(residual_norm(rows, add, others, weight->value, shift->value, {}, settings), rows);
  });
}

int ctorch_fused_bias_gelu(const ctorch_tensor *x, const ctorch_tensor *bias, bool tanh_form, ctorch_tensor **out) {
  return ctorch::produce(out, [&] {
    const Tensor rows = x->value.contiguous(), add = value_or_none(bias);
    check_rows(rows, "bias + GELU");
    check_parameter(add, rows.size(-1), "bias + GELU");
    if (differentiable({rows, add})) return FusedBiasGelu::apply(rows, given(add), tanh_form);
    return gelu_forward(rows, add, tanh_form);
  });
}
