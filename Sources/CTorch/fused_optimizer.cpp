// AdamW over many tensors in one go, with clipping folded in and sparse gradients.
//
// Sparse gradients: the rows that a batch does not touch still move, by their moments and by weight decay, as they do
// with dense gradients. Their update is not put off but done at every step: it is one pass over memory (about 1 % of
// a training step for 49 million elements), where catching up later would cost the same arithmetic and a record of
// every step's settings. What is saved is the dense gradient: its memory, its clearing and its reading.
#include "ctorch_fused.h"
#include "fused_kernels.h"
#include "internal.h"

#include <algorithm>
#include <cmath>

namespace {

using at::Tensor;
using ctorch::fused::AdamW;
using ctorch::fused::AdamWSegment;

constexpr int64_t block_elements = 1 << 16;

// A block of rows of a parameter, with the touched rows that lie in it; dense: one row of all elements.
struct Block {
  const AdamW *settings;
  AdamWSegment segment; // of the block's elements; gradient: dense, or the first touched row's
  const int64_t *touched = nullptr;
  int64_t touched_count = 0, first_row = 0, row_size = 0;

  void update(void (*kernel)(const AdamW &, const AdamWSegment &)) const {
    if (!row_size) return kernel(*settings, segment);
    int64_t done = 0;
    for (int64_t i = 0; i < touched_count; i++) {
      const int64_t start = (touched[i] - first_row) * row_size;
      run(kernel, done, start, nullptr);
      run(kernel, start, start + row_size, segment.gradient + i * row_size);
      done = start + row_size;
    }
    run(kernel, done, segment.count, nullptr);
  }

  void run(void (*kernel)(const AdamW &, const AdamWSegment &), int64_t from, int64_t to, const float *gradient) const {
    if (from == to) return;
    kernel(*settings, {to - from, segment.weight + from, segment.first_moment + from, segment.second_moment + from,
                       gradient});
  }
};

void check(const Tensor &tensor, const Tensor &like, at::ScalarType type, const char *what) {
  TORCH_CHECK(tensor.is_cpu() && tensor.scalar_type() == type && tensor.is_contiguous() &&
                  tensor.sizes() == like.sizes(),
              "AdamW: ", what, " must be contiguous ", type, " on the CPU, of the parameter's shape ", like.sizes());
}

// What a gradient holds: all elements, or the sorted touched rows and their values.
struct Gradient {
  Tensor values, rows;

  explicit Gradient(const Tensor &gradient) {
    if (!gradient.is_sparse()) {
      values = gradient.contiguous();
      return;
    }
    TORCH_CHECK(gradient.sparse_dim() == 1, "a sparse gradient must consist of rows");
    const Tensor sorted = gradient.coalesce();
    rows = sorted.indices()[0].contiguous();
    values = sorted.values().contiguous();
  }
};

void add_blocks(std::vector<Block> &blocks, const AdamW &settings, const AdamWSegment &whole,
                const Gradient &gradient) {
  const bool sparse = gradient.rows.defined();
  const int64_t touched = sparse ? gradient.rows.numel() : 0;
  const int64_t row = sparse && touched ? gradient.values.numel() / touched : 1;
  const int64_t size = sparse ? std::max<int64_t>(1, block_elements / row) * row : block_elements;
  const int64_t *rows = sparse ? gradient.rows.const_data_ptr<int64_t>() : nullptr;
  const int64_t *next = rows;
  for (int64_t start = 0; start < whole.count; start += size) {
    const int64_t count = std::min(size, whole.count - start);
    Block block{&settings,
                {count, whole.weight + start, whole.first_moment + start, whole.second_moment + start,
                 sparse ? nullptr : whole.gradient + start}};
    if (sparse) {
      block.touched = next;
      block.first_row = start / row;
      block.row_size = row;
      next = std::lower_bound(next, rows + touched, (start + count) / row);
      block.touched_count = next - block.touched;
      block.segment.gradient = whole.gradient + (block.touched - rows) * row;
    }
    blocks.push_back(block);
  }
}

} // namespace

int ctorch_sparse_embedding(const ctorch_tensor *weight, const ctorch_tensor *ids, int64_t padding,
                            ctorch_tensor **out) {
  return ctorch::produce(out, [&] {
    return at::embedding(weight->value, ids->value, padding, /*scale_grad_by_freq=*/false, /*sparse=*/true);
  });
}

int ctorch_fused_gradient_norm(ctorch_tensor *const *parameters, int count, double *norm) {
  return ctorch::guarded([&] {
    c10::NoGradGuard no_gradients;
    std::vector<Tensor> values;
    for (int i = 0; i < count; i++) {
      const Tensor &gradient = parameters[i]->value.grad();
      if (!gradient.defined()) continue;
      Gradient parts(gradient);
      // Coalesced once: the step that follows finds it so.
      if (gradient.is_sparse() && !gradient.is_coalesced()) {
        parameters[i]->value.mutable_grad() = gradient.coalesce();
      }
      values.push_back(parts.values);
    }
    *norm = values.empty() ? 0 : at::stack(at::_foreach_norm(values)).norm().item<double>();
  });
}

int ctorch_fused_adamw_step(ctorch_tensor *const *parameters, ctorch_tensor *const *first_moments,
                            ctorch_tensor *const *second_moments, int64_t *steps, int count, double learning_rate,
                            double beta1, double beta2, double epsilon, double weight_decay, double gradient_scale) {
  return ctorch::guarded([&] {
    c10::NoGradGuard no_gradients;
    std::vector<AdamW> settings(count);
    std::vector<Gradient> gradients;
    gradients.reserve(count);
    std::vector<Block> blocks;
    std::vector<int> moved;
    for (int i = 0; i < count; i++) {
      const Tensor &parameter = parameters[i]->value;
      if (!parameter.grad().defined()) continue;
      check(parameter, parameter, at::kFloat, "the parameter");
      check(first_moments[i]->value, parameter, at::kFloat, "the first moment");
      check(second_moments[i]->value, parameter, at::kFloat, "the second moment");
      gradients.emplace_back(parameter.grad());
      TORCH_CHECK(gradients.back().values.scalar_type() == at::kFloat, "AdamW: the gradient must be float32");
      const double step = static_cast<double>(steps[i] + 1);
      settings[i] = {static_cast<float>(gradient_scale),
                     static_cast<float>(beta1),
                     static_cast<float>(beta2),
                     static_cast<float>(epsilon),
                     static_cast<float>(1 - learning_rate * weight_decay),
                     static_cast<float>(learning_rate / (1 - std::pow(beta1, step))),
                     static_cast<float>(1 / std::sqrt(1 - std::pow(beta2, step)))};
      const AdamWSegment whole = {
          parameter.numel(), parameter.data_ptr<float>(), first_moments[i]->value.data_ptr<float>(),
          second_moments[i]->value.data_ptr<float>(), gradients.back().values.const_data_ptr<float>()};
      add_blocks(blocks, settings[i], whole, gradients.back());
      moved.push_back(i);
    }
    const auto kernel = ctorch::fused::kernels().adamw;
    ctorch::fused::parallel(static_cast<int64_t>(blocks.size()), [&](int64_t i) { blocks[i].update(kernel); });
    for (int i : moved) {
      steps[i]++;
      parameters[i]->value.unsafeGetTensorImpl()->bump_version();
    }
  });
}
