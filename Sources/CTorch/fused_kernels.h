// What the fused operators ask of the processor: plain functions over raw memory, compiled once for every
// instruction set (fused_avx512bf16.cpp, fused_avx512.cpp, fused_avx2.cpp, fused_plain.cpp) and chosen at run time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace ctorch::fused {

// Memory that a thread keeps from call to call. `reset` gives all of it back to the next taker.
class Scratch {
public:
  // `count` floats, 64-byte aligned, not cleared.
  float *take(int64_t count);
  void reset();
  static Scratch &of_thread();

private:
  struct Release {
    void operator()(float *memory) const;
  };
  struct Chunk {
    std::unique_ptr<float, Release> memory;
    int64_t size = 0, used = 0;
  };
  void grow(int64_t count);
  std::vector<Chunk> chunks;
};

// Runs body(context, i) for every i in 0..<count over libtorch's threads; each thread takes the next free index.
void parallel(int64_t count, void (*body)(void *context, int64_t index), void *context);

template <typename Body> void parallel(int64_t count, Body &&body) {
  parallel(count, [](void *context, int64_t index) { (*static_cast<Body *>(context))(index); }, &body);
}

// Dropout by a counter-based generator: element `column` of the row with the key `row_key(seed, row)` is dropped where
// hash(key, column) < threshold, so that forward and backward draw the same mask and nothing is stored.
struct Dropout {
  uint64_t seed = 0;
  uint32_t threshold = 0;
  float keep_scale = 1;
  Dropout() = default;
  Dropout(double probability, uint64_t seed);
  bool active() const { return threshold != 0; }
  uint64_t row_key(uint64_t row) const {
    uint64_t z = seed + 0x9E3779B97F4A7C15ull * (row + 1);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
  }
};

// Rows of float32 or bfloat16 elements; `stride` counts elements.
struct Rows {
  void *data = nullptr;
  int64_t stride = 0;
};

// Attention over packed documents; see ctorch_fused.h for the meaning.
struct Attention {
  Rows query, key, value, result;
  const float *lambda = nullptr; // NULL: standard attention
  int64_t lambda_stride = 0;     // 0: one row for all tokens
  // log2 of each softmax's denominator, its maximum included: [query tokens, heads · maps]; NULL in inference
  float *log_sums = nullptr;
  int64_t heads = 0, map_size = 0, value_size = 0;
  bool shared_keys = false, causal = false, bfloat16 = false;
  float scale = 1;
  Dropout dropout;
  // Backward only. `lambda_gradient` is [query tokens, heads], or [documents, heads] where lambda is one row.
  Rows result_gradient, query_gradient, key_gradient, value_gradient;
  float *lambda_gradient = nullptr;

  int maps() const { return lambda ? 2 : 1; }
  int key_maps() const { return lambda && !shared_keys ? 2 : 1; }
};

// One head of one document.
struct AttentionTask {
  int64_t document, head, query_start, query_count, key_start, key_count;
};

// A range of rows; the backward's sums over its rows go to the range's own part of `sums`, so that the result does not
// depend on the number of threads.
struct RowRange {
  int64_t first, last;
  float *sums = nullptr;
};

// result = layer norm(residual + dropout(x + bias)) over contiguous rows.
struct ResidualNorm {
  const void *x = nullptr, *residual = nullptr;
  const float *bias = nullptr, *weight = nullptr, *shift = nullptr; // bias may be NULL
  void *result = nullptr;
  float *statistics = nullptr; // [rows, 2]: mean and 1 / deviation; NULL in inference
  int64_t size = 0;
  bool bfloat16 = false;
  float epsilon = 0;
  Dropout dropout;
  // Backward only; the sums of a range are [3, size]: gradients of weight, shift and bias.
  const void *result_gradient = nullptr;
  void *x_gradient = nullptr, *residual_gradient = nullptr;
};

// result = gelu(x + bias) over contiguous rows.
struct BiasGelu {
  const void *x = nullptr;
  const float *bias = nullptr; // may be NULL
  void *result = nullptr;
  int64_t size = 0;
  bool bfloat16 = false, tanh_form = false;
  // Backward only; the sums of a range are [size]: the gradient of bias.
  const void *result_gradient = nullptr;
  void *x_gradient = nullptr;
};

// result = x·Wᵀ + bias in 8 bits; a unit is four neighbours along the depth. See fused_int8_kernel.h.
struct Int8Linear {
  const void *x = nullptr; // [rows, size]
  int64_t size = 0, units = 0, columns = 0;
  bool bfloat16 = false, gelu = false, tanh_form = false;
  // Of x, made by int8_quantize: [rows, 4 · units], [rows], [rows].
  int8_t *values = nullptr;
  float *value_scales = nullptr;
  int32_t *value_sums = nullptr;
  const uint32_t *weights = nullptr; // panels of 64 columns
  const float *weight_scales = nullptr, *bias = nullptr; // [columns]; bias may be NULL
  void *result = nullptr; // [rows, columns]
};

// One step of AdamW on `count` neighbouring elements. gradient NULL: zeros.
struct AdamW {
  float gradient_scale, beta1, beta2, epsilon, decay; // decay: 1 − learning rate · weight decay
  float rate, root_correction; // learning rate / (1 − β₁ᵗ), 1 / √(1 − β₂ᵗ)
};
struct AdamWSegment {
  int64_t count;
  float *weight, *first_moment, *second_moment;
  const float *gradient;
};

struct Kernels {
  const char *name;
  void (*attention_forward)(const Attention &, const AttentionTask &);
  void (*attention_backward)(const Attention &, const AttentionTask &);
  void (*residual_norm_forward)(const ResidualNorm &, const RowRange &);
  void (*residual_norm_backward)(const ResidualNorm &, const RowRange &);
  void (*bias_gelu_forward)(const BiasGelu &, const RowRange &);
  void (*bias_gelu_backward)(const BiasGelu &, const RowRange &);
  void (*adamw)(const AdamW &, const AdamWSegment &);
  void (*int8_quantize)(const Int8Linear &, const RowRange &);
  void (*int8_product)(const Int8Linear &, const RowRange &);
};

// The best set that this processor runs; FARQ_CPU=plain|avx2|avx512|avx512bf16 asks for a lesser one.
const Kernels &kernels();

extern const Kernels plain_kernels;
#if defined(__x86_64__)
extern const Kernels avx2_kernels, avx512_kernels, avx512bf16_kernels;
#endif

} // namespace ctorch::fused
