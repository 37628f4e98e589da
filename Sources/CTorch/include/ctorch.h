// The C face of libtorch: only the operators that Farq uses.
//
// Conventions
// - Every function returns 0, or 1 after a C++ exception; ctorch_last_error() then holds one line about it, for
//   the calling thread, until its next failing call.
// - `ctorch_tensor *` is an owned handle to a tensor. Results come through the last parameter, `out`, owned by the
//   caller (+1), who frees them with ctorch_tensor_free. Parameters are borrowed.
// - Lists are a pointer and a count; the callee keeps nothing of them.
// - Devices are libtorch's words ("cpu", "cuda:0", "mps"); dtypes are the codes of ctorch_dtype.
#ifndef CTORCH_H
#define CTORCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ctorch_tensor ctorch_tensor;

// Values of c10::ScalarType.
enum ctorch_dtype {
  CTORCH_UINT8 = 0, CTORCH_INT8 = 1, CTORCH_INT16 = 2, CTORCH_INT32 = 3, CTORCH_INT64 = 4,
  CTORCH_FLOAT16 = 5, CTORCH_FLOAT32 = 6, CTORCH_FLOAT64 = 7, CTORCH_BOOL = 11, CTORCH_BFLOAT16 = 15,
};

// error.cpp
const char *ctorch_last_error(void);

// runtime.cpp: the library and its devices
const char *ctorch_version(void);
int ctorch_prepare_process(void);
int ctorch_has_cuda(bool *out);
int ctorch_has_mps(bool *out);
int ctorch_synchronize(const char *device);
// Bytes of the device's own memory: what this process may still take (its allocator's free blocks too), all, and the most
// that this process had at once; zeros for the processor.
int ctorch_memory(const char *device, uint64_t *available, uint64_t *total, uint64_t *peak);
int ctorch_set_threads(int threads);
int ctorch_threads(int *out);
int ctorch_manual_seed(uint64_t seed);
// 64 bits from the CPU's generator: a seed for operators that make their own random numbers.
int ctorch_random_bits(uint64_t *out);
int ctorch_random_state(const char *device, ctorch_tensor **out);
int ctorch_set_random_state(const char *device, const ctorch_tensor *state);
int ctorch_set_gradients_enabled(bool enabled, bool *previous);
// The type of matrix products: float32 where autocast is off.
int ctorch_product_type(const char *device, int *dtype);
// Autocast to `dtype`, or off for float32. int8, on the CPU: products that can be taken in 8 bits are to be (the caller
// chooses them by ctorch_product_type), the others in bfloat16 where that is fast.
int ctorch_set_product_type(const char *device, int dtype);

// tensor.cpp: making, reading, moving
void ctorch_tensor_free(ctorch_tensor *tensor);
int ctorch_from_bytes(const void *bytes, const int64_t *shape, int rank, int dtype, ctorch_tensor **out);
// Borrows `bytes`; `release(context)` is called once, when the last tensor over them is gone.
int ctorch_from_borrowed_bytes(void *bytes, const int64_t *shape, int rank, int dtype, void (*release)(void *),
                               void *context, ctorch_tensor **out);
int ctorch_full(const int64_t *shape, int rank, double value, int dtype, const char *device, ctorch_tensor **out);
int ctorch_arange(int64_t end, int dtype, const char *device, ctorch_tensor **out);
int ctorch_randn(const int64_t *shape, int rank, double mean, double deviation, uint64_t seed, ctorch_tensor **out);
int ctorch_rank(const ctorch_tensor *tensor, int *out);
int ctorch_shape(const ctorch_tensor *tensor, int64_t *out);
int ctorch_dtype_of(const ctorch_tensor *tensor, int *out);
// Writes at most `capacity` bytes of the device's name, with its closing zero.
int ctorch_device_of(const ctorch_tensor *tensor, char *out, size_t capacity);
bool ctorch_is_on_processor(const ctorch_tensor *tensor);
// Copies the elements, in row-major order, to `out`, which has room for all of them.
int ctorch_copy_bytes(const ctorch_tensor *tensor, void *out, size_t byte_count);
// To an accelerator through pinned memory, without waiting for it.
int ctorch_to_device(const ctorch_tensor *tensor, const char *device, ctorch_tensor **out);
int ctorch_to_dtype(const ctorch_tensor *tensor, int dtype, ctorch_tensor **out);
int ctorch_clone(const ctorch_tensor *tensor, ctorch_tensor **out);
int ctorch_detach(const ctorch_tensor *tensor, ctorch_tensor **out);
// Overwrites `tensor` with `source`, outside autograd.
int ctorch_assign(ctorch_tensor *tensor, const ctorch_tensor *source);
int ctorch_all_finite(const ctorch_tensor *tensor, bool *out);
int ctorch_equal(const ctorch_tensor *a, const ctorch_tensor *b, bool *out);

// arithmetic.cpp
int ctorch_add(const ctorch_tensor *a, const ctorch_tensor *b, ctorch_tensor **out);
int ctorch_subtract(const ctorch_tensor *a, const ctorch_tensor *b, ctorch_tensor **out);
int ctorch_multiply(const ctorch_tensor *a, const ctorch_tensor *b, ctorch_tensor **out);
int ctorch_divide(const ctorch_tensor *a, const ctorch_tensor *b, ctorch_tensor **out);
// a·scale + shift
int ctorch_affine(const ctorch_tensor *a, double scale, double shift, ctorch_tensor **out);
int ctorch_matmul(const ctorch_tensor *a, const ctorch_tensor *b, ctorch_tensor **out);
// The X of A X = B, A [n, n] symmetric and positive definite, B [n, columns].
int ctorch_solve_positive(const ctorch_tensor *a, const ctorch_tensor *b, ctorch_tensor **out);
int ctorch_exp(const ctorch_tensor *a, ctorch_tensor **out);
int ctorch_sqrt(const ctorch_tensor *a, ctorch_tensor **out);
int ctorch_tanh(const ctorch_tensor *a, ctorch_tensor **out);
int ctorch_sigmoid(const ctorch_tensor *a, ctorch_tensor **out);
int ctorch_relu(const ctorch_tensor *a, ctorch_tensor **out);
int ctorch_gelu(const ctorch_tensor *a, bool tanh_form, ctorch_tensor **out);
int ctorch_softmax(const ctorch_tensor *a, int64_t dimension, ctorch_tensor **out);
int ctorch_log_softmax(const ctorch_tensor *a, int64_t dimension, ctorch_tensor **out);
int ctorch_sum(const ctorch_tensor *a, const int64_t *dimensions, int count, bool keep, ctorch_tensor **out);
int ctorch_mean(const ctorch_tensor *a, const int64_t *dimensions, int count, bool keep, ctorch_tensor **out);
int ctorch_argmax(const ctorch_tensor *a, int64_t dimension, ctorch_tensor **out);
// mask: bool, broadcastable; places where it is true become `value`.
int ctorch_masked_fill(const ctorch_tensor *a, const ctorch_tensor *mask, double value, ctorch_tensor **out);
int ctorch_not_equal_scalar(const ctorch_tensor *a, double value, ctorch_tensor **out);
int ctorch_greater(const ctorch_tensor *a, const ctorch_tensor *b, ctorch_tensor **out);

// shape.cpp
int ctorch_reshape(const ctorch_tensor *a, const int64_t *shape, int rank, ctorch_tensor **out);
int ctorch_transpose(const ctorch_tensor *a, int64_t first, int64_t second, ctorch_tensor **out);
int ctorch_expand(const ctorch_tensor *a, const int64_t *shape, int rank, ctorch_tensor **out);
int ctorch_narrow(const ctorch_tensor *a, int64_t dimension, int64_t start, int64_t length, ctorch_tensor **out);
// `count` parts of `sizes` along `dimension`; out: room for as many.
int ctorch_split(const ctorch_tensor *a, int64_t dimension, const int64_t *sizes, int count, ctorch_tensor **out);
int ctorch_select(const ctorch_tensor *a, int64_t dimension, int64_t index, ctorch_tensor **out);
// Every `step`-th slice of `dimension` from `start`.
int ctorch_stride(const ctorch_tensor *a, int64_t dimension, int64_t start, int64_t step, ctorch_tensor **out);
int ctorch_concatenate(const ctorch_tensor *const *tensors, int count, int64_t dimension, ctorch_tensor **out);
int ctorch_index_select(const ctorch_tensor *a, int64_t dimension, const ctorch_tensor *index, ctorch_tensor **out);
// Rows of `a` [rows, …] at the places `index` [rows] of a new tensor [count, …] that is zero elsewhere.
int ctorch_scatter_rows(const ctorch_tensor *a, const ctorch_tensor *index, int64_t count, ctorch_tensor **out);
int ctorch_gather(const ctorch_tensor *a, int64_t dimension, const ctorch_tensor *index, ctorch_tensor **out);

// layers.cpp
// bias may be NULL
int ctorch_linear(const ctorch_tensor *x, const ctorch_tensor *weight, const ctorch_tensor *bias, ctorch_tensor **out);
int ctorch_embedding(const ctorch_tensor *weight, const ctorch_tensor *ids, int64_t padding, ctorch_tensor **out);
int ctorch_layer_norm(const ctorch_tensor *x, const ctorch_tensor *weight, const ctorch_tensor *bias, double epsilon,
                      ctorch_tensor **out);
int ctorch_rms_norm(const ctorch_tensor *x, const ctorch_tensor *weight, double epsilon, ctorch_tensor **out);
int ctorch_dropout(const ctorch_tensor *x, double probability, ctorch_tensor **out);
// mask: bool [.., queries, keys], true where a query sees a key; NULL sees all.
int ctorch_scaled_dot_product_attention(const ctorch_tensor *query, const ctorch_tensor *key,
                                        const ctorch_tensor *value, const ctorch_tensor *mask, double dropout,
                                        double scale, ctorch_tensor **out);
// Two maps over the same values, and where dropout acts one mask for both.
int ctorch_paired_attention(const ctorch_tensor *const *queries, const ctorch_tensor *const *keys,
                            const ctorch_tensor *value, const ctorch_tensor *mask, double dropout, double scale,
                            ctorch_tensor **first, ctorch_tensor **second);
// Mean over targets other than `ignored`; class_weights may be NULL.
int ctorch_cross_entropy(const ctorch_tensor *logits, const ctorch_tensor *targets, const ctorch_tensor *class_weights,
                         double label_smoothing, int64_t ignored, ctorch_tensor **out);

// autograd.cpp
int ctorch_set_requires_gradient(ctorch_tensor *tensor, bool requires_gradient);
int ctorch_requires_gradient(const ctorch_tensor *tensor, bool *out);
int ctorch_backward(const ctorch_tensor *loss);
// *out is NULL where there is no gradient yet; a sparse one comes as the dense one it stands for.
int ctorch_gradient(const ctorch_tensor *tensor, ctorch_tensor **out);
int ctorch_clear_gradients(ctorch_tensor *const *tensors, int count);

// optimizer.cpp
// One step of AdamW over parameters that share their settings, in place; `steps` are float scalars, advanced here.
int ctorch_adamw_step(ctorch_tensor *const *parameters, ctorch_tensor *const *first_moments,
                      ctorch_tensor *const *second_moments, ctorch_tensor *const *steps, int count,
                      double learning_rate, double beta1, double beta2, double epsilon, double weight_decay,
                      const ctorch_tensor *found_infinite);
// The 2-norm over all gradients, a scalar on their device; where it is over `maximum` (> 0) they are scaled down to it.
// Nothing is read back.
int ctorch_clip_gradients(ctorch_tensor *const *parameters, int count, double maximum, ctorch_tensor **norm);
// Divides all gradients by `scale`; `found_infinite` becomes 1 where one of them is not finite, else 0.
int ctorch_unscale_gradients(ctorch_tensor *const *parameters, int count, const ctorch_tensor *scale,
                             ctorch_tensor *found_infinite);
// torch.amp.GradScaler's rule: times `backoff` after an update that was not finite, times `growth` after `interval` that were.
int ctorch_update_scale(ctorch_tensor *scale, ctorch_tensor *tracker, const ctorch_tensor *found_infinite, double growth,
                        double backoff, int64_t interval);

#ifdef __cplusplus
}
#endif
#endif
