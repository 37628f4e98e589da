// Attention over packed documents as one differentiable operator: checks, memory and the split into tasks. The
// arithmetic is in fused_attention_kernel.h.
#include "ctorch_fused.h"
#include "fused_kernels.h"
#include "internal.h"

#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <limits>

namespace {

using at::Tensor;
using ctorch::fused::Attention;
using ctorch::fused::AttentionTask;
using ctorch::fused::Rows;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// What forward and backward share besides tensors.
struct Settings : torch::CustomClassHolder {
  ctorch_attention_options options;
  std::vector<int64_t> query_offsets, key_offsets;
  bool packed;
  int64_t maps;

  int64_t documents() const { return static_cast<int64_t>(query_offsets.size()) - 1; }
  int64_t query_width() const { return options.heads * maps * options.map_size; }
  int64_t key_width() const { return options.heads * (options.shared_keys ? 1 : maps) * options.map_size; }
  int64_t value_width() const { return options.heads * options.value_size; }

  // Costly documents first, so that the threads end together; the heads of a document lie together.
  std::vector<AttentionTask> tasks() const {
    std::vector<AttentionTask> list;
    for (int64_t d = 0; d < documents(); d++) {
      const int64_t q = query_offsets[d], k = key_offsets[d];
      list.push_back({d, 0, q, query_offsets[d + 1] - q, k, key_offsets[d + 1] - k});
    }
    std::stable_sort(list.begin(), list.end(), [](const AttentionTask &a, const AttentionTask &b) {
      return a.query_count * a.key_count > b.query_count * b.key_count;
    });
    return list;
  }
};

void run(void (*kernel)(const Attention &, const AttentionTask &), const Attention &attention,
         const Settings &settings) {
  const std::vector<AttentionTask> tasks = settings.tasks();
  const int64_t heads = settings.options.heads;
  ctorch::fused::parallel(static_cast<int64_t>(tasks.size()) * heads, [&](int64_t i) {
    AttentionTask task = tasks[i / heads];
    task.head = i % heads;
    kernel(attention, task);
  });
}

Rows rows_of(const Tensor &tensor) { return {tensor.data_ptr(), tensor.stride(0)}; }

// Queries, keys and values, from three tensors or from one that holds them side by side.
struct Inputs {
  Tensor query, key, value;
  Inputs(const Settings &settings, Tensor first, Tensor second, Tensor third)
      : query(std::move(first)), key(std::move(second)), value(std::move(third)) {
    if (!settings.packed) return;
    const Tensor all = query;
    query = all.narrow(1, 0, settings.query_width());
    key = all.narrow(1, settings.query_width(), settings.key_width());
    value = all.narrow(1, settings.query_width() + settings.key_width(), settings.value_width());
  }
};

Attention attention_of(const Settings &settings, const Inputs &inputs, const Tensor &lambda, const Tensor &log_sums) {
  const ctorch_attention_options &options = settings.options;
  Attention attention;
  attention.query = rows_of(inputs.query);
  attention.key = rows_of(inputs.key);
  attention.value = rows_of(inputs.value);
  if (lambda.defined()) {
    attention.lambda = lambda.const_data_ptr<float>();
    attention.lambda_stride = lambda.size(0) == 1 ? 0 : lambda.stride(0);
  }
  if (log_sums.defined()) attention.log_sums = log_sums.data_ptr<float>();
  attention.heads = options.heads;
  attention.map_size = options.map_size;
  attention.value_size = options.value_size;
  attention.shared_keys = options.shared_keys;
  attention.causal = options.causal;
  attention.bfloat16 = inputs.query.scalar_type() == at::kBFloat16;
  attention.scale = static_cast<float>(options.scale);
  attention.dropout = ctorch::fused::Dropout(options.dropout, options.seed);
  return attention;
}

Tensor forward(const Settings &settings, const Inputs &inputs, const Tensor &lambda, const Tensor &log_sums) {
  const Tensor result = at::empty({inputs.query.size(0), settings.value_width()}, inputs.query.options());
  Attention attention = attention_of(settings, inputs, lambda, log_sums);
  attention.result = rows_of(result);
  run(ctorch::fused::kernels().attention_forward, attention, settings);
  return result;
}

struct FusedAttention : torch::autograd::Function<FusedAttention> {
  using MaybeTensor = std::optional<Tensor>;

  static Tensor forward(AutogradContext *context, const Tensor &query, const MaybeTensor &maybe_key,
                        const MaybeTensor &maybe_value, const MaybeTensor &maybe_lambda,
                        const c10::intrusive_ptr<Settings> &settings) {
    const Tensor key = maybe_key.value_or(Tensor()), value = maybe_value.value_or(Tensor()),
                 lambda = maybe_lambda.value_or(Tensor());
    const Inputs inputs(*settings, query, key, value);
    const Tensor log_sums =
        at::empty({query.size(0), settings->options.heads * settings->maps}, query.options().dtype(at::kFloat));
    context->save_for_backward({query, key, value, lambda, log_sums});
    context->saved_data["settings"] = c10::IValue::make_capsule(settings);
    return ::forward(*settings, inputs, lambda, log_sums);
  }

  static variable_list backward(AutogradContext *context, const variable_list &gradients) {
    const variable_list saved = context->get_saved_variables();
    const auto settings =
        c10::static_intrusive_pointer_cast<Settings>(context->saved_data["settings"].toCapsule());
    const Inputs inputs(*settings, saved[0], saved[1], saved[2]);
    const Tensor &lambda = saved[3];
    const Tensor result_gradient =
        gradients[0].stride(1) == 1 ? gradients[0] : gradients[0].contiguous();

    Tensor first = at::empty_like(saved[0], at::MemoryFormat::Contiguous), second, third, lambda_gradient;
    if (!settings->packed) {
      second = at::empty_like(saved[1], at::MemoryFormat::Contiguous);
      third = at::empty_like(saved[2], at::MemoryFormat::Contiguous);
    }
    const Inputs outputs(*settings, first, second, third);
    Attention attention = attention_of(*settings, inputs, lambda, saved[4]);
    attention.result_gradient = rows_of(result_gradient);
    attention.query_gradient = rows_of(outputs.query);
    attention.key_gradient = rows_of(outputs.key);
    attention.value_gradient = rows_of(outputs.value);
    if (lambda.defined()) {
      const int64_t rows = attention.lambda_stride ? lambda.size(0) : settings->documents();
      lambda_gradient = at::empty({rows, settings->options.heads}, lambda.options());
      attention.lambda_gradient = lambda_gradient.data_ptr<float>();
    }
    run(ctorch::fused::kernels().attention_backward, attention, *settings);
    if (lambda.defined() && !attention.lambda_stride) lambda_gradient = lambda_gradient.sum(0, true);
    return {first, second, third, lambda_gradient, Tensor()};
  }
};

void check_offsets(const std::vector<int64_t> &offsets, int64_t tokens, const char *what) {
  TORCH_CHECK(offsets.front() == 0 && offsets.back() == tokens && std::is_sorted(offsets.begin(), offsets.end()),
              "attention: the ", what, " offsets must rise from 0 to ", tokens, ", the number of rows");
  for (size_t d = 1; d < offsets.size(); d++) {
    TORCH_CHECK(offsets[d] - offsets[d - 1] <= std::numeric_limits<int32_t>::max() / 2, "attention: document ", d - 1,
                " is too long");
  }
}

void check_rows(const Tensor &tensor, const Tensor &like, int64_t width, const char *what) {
  TORCH_CHECK(tensor.dim() == 2 && tensor.size(1) == width, "attention: ", what, " must be [tokens, ", width,
              "], but is ", tensor.sizes());
  TORCH_CHECK(tensor.is_cpu() && tensor.scalar_type() == like.scalar_type() &&
                  (tensor.scalar_type() == at::kFloat || tensor.scalar_type() == at::kBFloat16),
              "attention: ", what, " must be float32 or bfloat16 on the CPU, and of the queries' dtype");
}

std::optional<Tensor> given(const Tensor &tensor) {
  return tensor.defined() ? std::optional<Tensor>(tensor) : std::nullopt;
}

Tensor dense_rows(const ctorch_tensor *tensor) {
  if (!tensor) return {};
  return tensor->value.dim() == 2 && tensor->value.stride(1) != 1 ? tensor->value.contiguous() : tensor->value;
}

Tensor attend(const ctorch_tensor *query_handle, const ctorch_tensor *key_handle, const ctorch_tensor *value_handle,
              const ctorch_tensor *lambda_handle, const c10::intrusive_ptr<Settings> &settings) {
  const ctorch_attention_options &options = settings->options;
  TORCH_CHECK(options.heads > 0 && options.map_size > 0 && options.value_size > 0 && options.scale > 0 &&
                  options.dropout >= 0 && options.dropout < 1,
              "attention: sizes and scale must be positive, dropout in [0, 1)");
  const Tensor query = dense_rows(query_handle), key = dense_rows(key_handle), value = dense_rows(value_handle);
  TORCH_CHECK(key.defined() == value.defined(), "attention: key and value must both be given, or neither");
  if (settings->packed) {
    check_rows(query, query, settings->query_width() + settings->key_width() + settings->value_width(),
               "query, key and value side by side");
  } else {
    check_rows(query, query, settings->query_width(), "query");
    check_rows(key, query, settings->key_width(), "key");
    check_rows(value, query, settings->value_width(), "value");
    TORCH_CHECK(key.size(0) == value.size(0), "attention: keys and values differ in number");
  }
  check_offsets(settings->query_offsets, query.size(0), "query");
  check_offsets(settings->key_offsets, settings->packed ? query.size(0) : key.size(0), "key");
  Tensor lambda;
  if (lambda_handle) {
    lambda = lambda_handle->value.to(at::kFloat).contiguous();
    TORCH_CHECK(lambda.dim() == 2 && lambda.size(1) == options.heads && lambda.is_cpu() &&
                    (lambda.size(0) == 1 || lambda.size(0) == query.size(0)),
                "attention: lambda must be [", query.size(0), " or 1, ", options.heads, "], but is ", lambda.sizes());
  }
  const auto wanted = [](const Tensor &tensor) { return tensor.defined() && tensor.requires_grad(); };
  const bool differentiable =
      at::GradMode::is_enabled() && (wanted(query) || wanted(key) || wanted(value) || wanted(lambda));
  if (differentiable) return FusedAttention::apply(query, given(key), given(value), given(lambda), settings);
  return forward(*settings, Inputs(*settings, query, key, value), lambda, {});
}

} // namespace

int ctorch_fused_attention(const ctorch_tensor *query, const ctorch_tensor *key, const ctorch_tensor *value,
                           const ctorch_tensor *lambda, const int64_t *query_offsets, const int64_t *key_offsets,
                           int64_t documents, const ctorch_attention_options *options, ctorch_tensor **out) {
  return ctorch::produce(out, [&] {
    TORCH_CHECK(documents >= 0, "attention: a negative number of documents");
    const auto settings = c10::make_intrusive<Settings>();
    settings->options = *options;
    settings->query_offsets.assign(query_offsets, query_offsets + documents + 1);
    settings->key_offsets = key_offsets ? std::vector<int64_t>(key_offsets, key_offsets + documents + 1)
                                        : settings->query_offsets;
    settings->packed = !key && !value;
    settings->maps = lambda ? 2 : 1;
    return attend(query, key, value, lambda, settings);
  });
}
