// Linear layers in 8 bits: packing of weights and the split of the work. The arithmetic is in fused_int8_kernel.h.
#include "ctorch_fused.h"
#include "fused_kernels.h"
#include "internal.h"

#include <algorithm>
#include <cmath>

using at::Tensor;
using ctorch::fused::Int8Linear;
using ctorch::fused::RowRange;

namespace {
constexpr int64_t panel_columns = 64;
} // namespace

// A weight [out, in] in 8 bits, each row with its scale.
struct ctorch_int8_weight {
  int64_t size, columns, units;
  std::vector<uint32_t> panels;
  std::vector<float> scales;

  explicit ctorch_int8_weight(const Tensor &weight) : size(weight.size(1)), columns(weight.size(0)), units((size + 3) / 4) {
    const int64_t padded = (columns + panel_columns - 1) / panel_columns * panel_columns;
    panels.assign(padded * units, 0x80808080u);
    scales.assign(columns, 0);
    const float *rows = weight.const_data_ptr<float>();
    ctorch::fused::parallel(padded / panel_columns, [&](int64_t panel) {
      const int64_t first = panel * panel_columns;
      for (int64_t j = first; j < std::min(columns, first + panel_columns); j++) pack(rows + j * size, j);
    });
  }

  void pack(const float *row, int64_t column) {
    float largest = 0;
    for (int64_t k = 0; k < size; k++) largest = std::max(largest, std::fabs(row[k]));
    const float inverse = largest > 0 ? 127 / largest : 0;
    scales[column] = largest / 127;
    auto *bytes = reinterpret_cast<uint8_t *>(panels.data() + column / panel_columns * units * panel_columns + column % panel_columns);
    for (int64_t k = 0; k < size; k++) {
      bytes[k / 4 * panel_columns * 4 + k % 4] = static_cast<uint8_t>(128 + std::lrintf(row[k] * inverse));
    }
  }
};

int ctorch_int8_weight_make(const ctorch_tensor *weight, ctorch_int8_weight **out) {
  return ctorch::guarded([&] {
    const Tensor rows = weight->value.detach().contiguous();
    TORCH_CHECK(rows.dim() == 2 && rows.scalar_type() == at::kFloat && rows.is_cpu(),
                "int8: the weight must be float32 [out, in] on the CPU");
    *out = new ctorch_int8_weight(rows);
  });
}

void ctorch_int8_weight_free(ctorch_int8_weight *weight) { delete weight; }

int ctorch_int8_linear(const ctorch_tensor *x, const ctorch_int8_weight *weight, const ctorch_tensor *bias, bool gelu,
                       bool tanh_form, ctorch_tensor **out) {
  return ctorch::produce(out, [&] {
    const Tensor rows = x->value.contiguous();
    TORCH_CHECK(rows.dim() == 2 && rows.size(1) == weight->size && rows.is_cpu() &&
                    (rows.scalar_type() == at::kFloat || rows.scalar_type() == at::kBFloat16),
                "int8: x must be float32 or bfloat16 [rows, ", weight->size, "] on the CPU, but is ", rows.sizes());
    TORCH_CHECK(!bias || (bias->value.scalar_type() == at::kFloat && bias->value.is_contiguous() &&
                          bias->value.numel() == weight->columns),
                "int8: the bias must be float32 [", weight->columns, "]");
    const int64_t count = rows.size(0);
    const Tensor result = at::empty({count, weight->columns}, rows.options());
    const Tensor values = at::empty({count, 4 * weight->units}, rows.options().dtype(at::kChar));
    const Tensor scales = at::empty({count}, at::kFloat), sums = at::empty({count}, at::kInt);
    Int8Linear arguments;
    arguments.x = rows.const_data_ptr();
    arguments.size = weight->size;
    arguments.units = weight->units;
    arguments.columns = weight->columns;
    arguments.bfloat16 = rows.scalar_type() == at::kBFloat16;
    arguments.values = values.data_ptr<int8_t>();
    arguments.value_scales = scales.data_ptr<float>();
    arguments.value_sums = sums.data_ptr<int32_t>();
    arguments.weights = weight->panels.data();
    arguments.weight_scales = weight->scales.data();
    if (bias) arguments.bias = bias->value.const_data_ptr<float>();
    arguments.gelu = gelu;
    arguments.tanh_form = tanh_form;
    arguments.result = result.data_ptr();
    // A range's values stay in the cache of its processor while all panels of the weight pass by.
    const int64_t block = std::max<int64_t>(6, std::min<int64_t>(96, (count + 11) / 12 * 6));
    const auto &kernels = ctorch::fused::kernels();
    ctorch::fused::parallel((count + block - 1) / block, [&](int64_t i) {
      const RowRange range{i * block, std::min(count, (i + 1) * block)};
      kernels.int8_quantize(arguments, range);
      kernels.int8_product(arguments, range);
    });
    return result;
  });
}
