// The C face of the fused operators as torch.ops.farq, for the check_ and time_ scripts beside this file. To build:
//   clang++ -O2 -g -fPIC -std=c++20 -shared -o libfarq.so Benchmarks/kernels/bindings.cpp Sources/CTorch/fused_*.cpp
//     -ISources/CTorch -ISources/CTorch/include -I.libtorch/include -I.libtorch/include/torch/csrc/api/include
//     -L.libtorch/lib -ltorch -ltorch_cpu -lc10
// Python loads libtorch before this library, so the answer to MKL (fused_mkl.cpp) needs LD_PRELOAD=./libhook.so, made
// from that file alone; without it the weight gradient of `linear` is right but slow.
#include "ctorch_fused.h"
#include "internal.h"

#include <torch/library.h>

namespace {

using at::Tensor;
using MaybeTensor = std::optional<Tensor>;

// A borrowed handle.
struct Handle {
  std::unique_ptr<ctorch_tensor> tensor;
  Handle(const Tensor &value) : tensor(new ctorch_tensor{value}) {}
  Handle(const MaybeTensor &value) : tensor(value ? new ctorch_tensor{*value} : nullptr) {}
  operator ctorch_tensor *() const { return tensor.get(); }
};

template <typename Call> Tensor result(Call &&call) {
  ctorch_tensor *out = nullptr;
  TORCH_CHECK(call(&out) == 0, ctorch_last_error());
  const Tensor value = out->value;
  delete out;
  return value;
}

Tensor attention(const Tensor &query, const MaybeTensor &key, const MaybeTensor &value, const MaybeTensor &lambda,
                 at::IntArrayRef query_offsets, at::IntArrayRef key_offsets, int64_t heads, int64_t map_size,
                 int64_t value_size, bool shared_keys, bool causal, double scale, double dropout, int64_t seed) {
  const ctorch_attention_options options = {heads,  map_size, value_size, shared_keys,
                                            causal, scale,    dropout,    static_cast<uint64_t>(seed)};
  return result([&](ctorch_tensor **out) {
    return ctorch_fused_attention(Handle(query), Handle(key), Handle(value), Handle(lambda), query_offsets.data(),
                                  key_offsets.empty() ? nullptr : key_offsets.data(), query_offsets.size() - 1,
                                  &options, out);
  });
}

Tensor residual_norm(const Tensor &x, const MaybeTensor &bias, const Tensor &residual, const Tensor &weight,
                     const Tensor &shift, double epsilon, double dropout, int64_t seed) {
  return result([&](ctorch_tensor **out) {
    return ctorch_fused_dropout_residual_layer_norm(Handle(x), Handle(bias), Handle(residual), Handle(weight),
                                                    Handle(shift), epsilon, dropout, seed, out);
  });
}

Tensor bias_gelu(const Tensor &x, const MaybeTensor &bias, bool tanh_form) {
  return result(
      [&](ctorch_tensor **out) { return ctorch_fused_bias_gelu(Handle(x), Handle(bias), tanh_form, out); });
}

// The handles of a list.
struct Handles {
  std::vector<ctorch_tensor> tensors;
  std::vector<ctorch_tensor *> pointers;
  Handles(at::TensorList values) {
    for (const Tensor &value : values) tensors.push_back({value});
    for (ctorch_tensor &tensor : tensors) pointers.push_back(&tensor);
  }
};

Tensor linear(const Tensor &x, const Tensor &weight, const MaybeTensor &bias) {
  Handles weights({weight}), biases(bias ? at::TensorList(*bias) : at::TensorList());
  ctorch_weights *made = nullptr;
  TORCH_CHECK(ctorch_weights_make(weights.pointers.data(), 1, &made) == 0, ctorch_last_error());
  const std::unique_ptr<ctorch_weights, void (*)(ctorch_weights *)> owner(made, ctorch_weights_free);
  return result([&](ctorch_tensor **out) {
    return ctorch_fused_linear(Handle(x), made, 0, 1, bias ? biases.pointers.data() : nullptr, out);
  });
}

Tensor embedding(const Tensor &weight, const Tensor &ids) {
  return result([&](ctorch_tensor **out) { return ctorch_sparse_embedding(Handle(weight), Handle(ids), -1, out); });
}

double gradient_norm(at::TensorList parameters) {
  double norm = 0;
  Handles handles(parameters);
  TORCH_CHECK(ctorch_fused_gradient_norm(handles.pointers.data(), parameters.size(), &norm) == 0, ctorch_last_error());
  return norm;
}

// Every parameter has done `step` steps.
void adamw(at::TensorList parameters, at::TensorList first, at::TensorList second, int64_t step, double rate,
           double beta1, double beta2, double epsilon, double decay, double scale) {
  Handles p(parameters), m(first), v(second);
  std::vector<int64_t> steps(parameters.size(), step);
  const int status =
      ctorch_fused_adamw_step(p.pointers.data(), m.pointers.data(), v.pointers.data(), steps.data(), parameters.size(),
                              rate, beta1, beta2, epsilon, decay, scale);
  TORCH_CHECK(status == 0, ctorch_last_error());
}

} // namespace

namespace ctorch {
thread_local std::string message;
void set_error(const std::string &text) { message = text; }
} // namespace ctorch
const char *ctorch_last_error(void) { return ctorch::message.c_str(); }

TORCH_LIBRARY(farq, m) {
  m.def("attention", attention);
  m.def("residual_norm", residual_norm);
  m.def("bias_gelu", bias_gelu);
  m.def("linear", linear);
  m.def("embedding", embedding);
  m.def("gradient_norm", gradient_norm);
  m.def("adamw", adamw);
  m.def("kernels", [](int64_t) { return std::string(ctorch_fused_kernels()); });
}
