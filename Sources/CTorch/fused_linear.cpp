// Linear layers in bfloat16 over float32 weights, for training and prediction.
//
// The products with the weights are oneDNN's, on bfloat16 copies that are made again when a weight has changed. The
// weight's gradient comes from MKL's product with a float32 result where MKL has its fast path (see fused_mkl.cpp): as
// fast as oneDNN's, and the gradient is neither rounded to bfloat16 nor converted in a further pass.
#include "ctorch_fused.h"
#include "internal.h"

#include <dlfcn.h>
#include <torch/csrc/autograd/custom_function.h>

#include <limits>

using at::Tensor;

// Weights [out_i, in] one above the other: one product gives them all.
struct ctorch_weights {
  std::vector<Tensor> weights;
  std::vector<int64_t> starts; // where each begins in the copy, and the end
  std::vector<uint32_t> versions;
  Tensor copy; // bfloat16 [Σ out, in]; none before the first product

  explicit ctorch_weights(std::vector<Tensor> list) : weights(std::move(list)), starts{0}, versions(weights.size()) {
    for (const Tensor &weight : weights) {
      TORCH_CHECK(weight.dim() == 2 && weight.size(1) == weights[0].size(1), "linear: weights must be [out, in], with one in");
      starts.push_back(starts.back() + weight.size(0));
    }
  }

  // The copies of `count` weights from `first`, up to date: every change in place raises a tensor's version.
  Tensor refreshed(int first, int count) {
    c10::NoGradGuard no_gradients;
    const bool is_new = !copy.defined();
    if (is_new) copy = at::empty({starts.back(), weights[0].size(1)}, weights[0].options().dtype(at::kBFloat16).requires_grad(false));
    for (size_t i = 0; i < weights.size(); i++) {
      const auto version = static_cast<uint32_t>(weights[i]._version());
      if (!is_new && versions[i] == version) continue;
      copy.narrow(0, starts[i], starts[i + 1] - starts[i]).copy_(weights[i]);
      versions[i] = version;
    }
    return copy.narrow(0, starts[first], starts[first + count] - starts[first]);
  }
};

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;
using MaybeTensor = std::optional<Tensor>;

// cblas_gemm_bf16bf16f32 of the MKL in libtorch, with 32-bit sizes.
using Product = void (*)(int layout, int transpose_a, int transpose_b, int m, int n, int k, float alpha,
                         const void *a, int a_stride, const void *b, int b_stride, float beta, float *c, int c_stride);

Product find_product() {
#if defined(__x86_64__) && defined(__linux__)
  __builtin_cpu_init();
  const auto fast = reinterpret_cast<int (*)()>(dlsym(RTLD_DEFAULT, "mkl_serv_intel_cpu_true"));
  if (!__builtin_cpu_supports("avx512bf16") || !fast || !fast()) return nullptr;
  return reinterpret_cast<Product>(dlsym(RTLD_DEFAULT, "cblas_gemm_bf16bf16f32"));
#else
  return nullptr;
#endif
}

// yᵀ·x [out, in] in float32.
Tensor weight_gradient(const Tensor &y, const Tensor &x) {
  static const Product product = find_product();
  const int64_t rows = x.size(0), in = x.size(1), out = y.size(1);
  constexpr int64_t most = std::numeric_limits<int>::max();
  if (!product || rows == 0 || std::max({rows, in, out}) > most) return y.t().mm(x).to(at::kFloat);
  const Tensor result = at::empty({out, in}, x.options().dtype(at::kFloat));
  constexpr int row_major = 101, plain = 111, transposed = 112;
  product(row_major, transposed, plain, static_cast<int>(out), static_cast<int>(in), static_cast<int>(rows), 1,
          y.const_data_ptr(), static_cast<int>(out), x.const_data_ptr(), static_cast<int>(in), 0,
          result.data_ptr<float>(), static_cast<int>(in));
  return result;
}

Tensor product(const Tensor &x, const Tensor &copy, at::TensorList biases) {
  MaybeTensor bias;
  if (!biases.empty()) bias = (biases.size() == 1 ? biases[0] : at::cat(biases)).to(at::kBFloat16);
  return at::linear(x, copy, bias);
}

struct FusedLinear : torch::autograd::Function<FusedLinear> {
  static Tensor forward(AutogradContext *context, const Tensor &x, const Tensor &copy, at::TensorList weights,
                        at::TensorList biases) {
    context->save_for_backward({x, copy});
    std::vector<int64_t> sizes;
    for (const Tensor &weight : weights) sizes.push_back(weight.size(0));
    context->saved_data["x"] = x.requires_grad();
    context->saved_data["weights"] = std::any_of(weights.begin(), weights.end(), [](auto &w) { return w.requires_grad(); });
    context->saved_data["biases"] = static_cast<int64_t>(biases.size());
    context->saved_data["sizes"] = sizes;
    return product(x, copy, biases);
  }

  static variable_list backward(AutogradContext *context, const variable_list &gradients) {
    const variable_list saved = context->get_saved_variables();
    const Tensor &x = saved[0], &copy = saved[1], y = gradients[0].contiguous();
    const std::vector<int64_t> sizes = context->saved_data["sizes"].toIntVector();
    variable_list result = {context->saved_data["x"].toBool() ? y.mm(copy) : Tensor(), Tensor()};
    if (context->saved_data["weights"].toBool()) {
      for (Tensor &part : weight_gradient(y, x).split_with_sizes(sizes)) result.push_back(std::move(part));
    } else {
      result.resize(2 + sizes.size());
    }
    if (context->saved_data["biases"].toInt() > 0) {
      for (Tensor &part : y.sum(0, false, at::kFloat).split_with_sizes(sizes)) result.push_back(std::move(part));
    }
    return result;
  }
};

} // namespace

int ctorch_weights_make(ctorch_tensor *const *weights, int count, ctorch_weights **out) {
  return ctorch::guarded([&] { *out = new ctorch_weights(ctorch::values(weights, count)); });
}

void ctorch_weights_free(ctorch_weights *weights) { delete weights; }

int ctorch_fused_linear(const ctorch_tensor *x, ctorch_weights *weights, int first, int count,
                        ctorch_tensor *const *biases, ctorch_tensor **out) {
  return ctorch::produce(out, [&] {
    const Tensor rows = x->value.contiguous();
    TORCH_CHECK(first >= 0 && count > 0 && first + count <= static_cast<int>(weights->weights.size()), "linear: there is no such weight");
    TORCH_CHECK(rows.dim() == 2 && rows.scalar_type() == at::kBFloat16 && rows.is_cpu() &&
                    weights->weights[first].size(1) == rows.size(1),
                "linear: x must be bfloat16 [rows, in] on the CPU");
    const Tensor copy = weights->refreshed(first, count);
    const std::vector<Tensor> shifts = biases ? ctorch::values(biases, count) : std::vector<Tensor>();
    if (!at::GradMode::is_enabled()) return product(rows, copy, shifts);
    return FusedLinear::apply(rows, copy, at::TensorList(weights->weights).slice(first, count), at::TensorList(shifts));
  });
}
