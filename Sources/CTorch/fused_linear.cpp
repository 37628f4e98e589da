// A bfloat16 linear layer over a float32 weight, for training.
//
// The products with the weight are oneDNN's, on a bfloat16 copy that is made once a step. The weight's gradient comes
// from MKL's product with a float32 result where MKL has its fast path (see fused_mkl.cpp): as fast as oneDNN's, and
// the gradient is neither rounded to bfloat16 nor converted in a further pass.
#include "ctorch_fused.h"
#include "internal.h"

#include <dlfcn.h>
#include <torch/csrc/autograd/custom_function.h>

#include <limits>

namespace {

using at::Tensor;
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

struct FusedLinear : torch::autograd::Function<FusedLinear> {
  static Tensor forward(AutogradContext *context, const Tensor &x, const Tensor &weight, const Tensor &copy,
                        const MaybeTensor &bias) {
    context->save_for_backward({x, copy});
    context->saved_data["x"] = x.requires_grad();
    context->saved_data["weight"] = weight.requires_grad();
    context->saved_data["bias"] = bias && bias->requires_grad();
    return at::linear(x, copy, bias ? MaybeTensor(bias->to(at::kBFloat16)) : bias);
  }

  static variable_list backward(AutogradContext *context, const variable_list &gradients) {
    const variable_list saved = context->get_saved_variables();
    const Tensor y = gradients[0].contiguous();
    const auto wanted = [&](const char *what) { return context->saved_data[what].toBool(); };
    return {wanted("x") ? y.mm(saved[1]) : Tensor(), wanted("weight") ? weight_gradient(y, saved[0]) : Tensor(),
            Tensor(), wanted("bias") ? y.sum(0, false, at::kFloat) : Tensor()};
  }
};

} // namespace

int ctorch_fused_linear(const ctorch_tensor *x, const ctorch_tensor *weight, const ctorch_tensor *copy,
                        const ctorch_tensor *bias, ctorch_tensor **out) {
  return ctorch::produce(out, [&] {
    const Tensor rows = x->value.contiguous();
    TORCH_CHECK(rows.dim() == 2 && rows.scalar_type() == at::kBFloat16 && copy->value.scalar_type() == at::kBFloat16 &&
                    weight->value.scalar_type() == at::kFloat && copy->value.sizes() == weight->value.sizes() &&
                    weight->value.dim() == 2 && weight->value.size(1) == rows.size(1) && rows.is_cpu(),
                "linear: x must be bfloat16 [rows, in] on the CPU, the weight float32 [out, in], its copy bfloat16");
    return FusedLinear::apply(rows, weight->value, copy->value, bias ? MaybeTensor(bias->value) : std::nullopt);
  });
}
