// The fused operators of the CPU: the same conventions as ctorch.h, differentiable once.
//
// They take packed rows: all documents of a batch one after the other, [tokens, …], without padding. Tensors are
// float32 or bfloat16 (sums and softmax are in float32 either way), on the CPU; an operator's tensors share one dtype
// unless said otherwise. Rows may be strided (a narrow() of a wider product), the elements of a row may not.
// Dropout's mask is a function of `seed` and of the element's place: give every call of a step its own seed, and the
// same seed to have the same mask again. The kernels are chosen for the processor at run time.
#ifndef CTORCH_FUSED_H
#define CTORCH_FUSED_H

#include "ctorch.h"

#ifdef __cplusplus
extern "C" {
#endif

// fused_runtime.cpp: "plain", "avx2", "avx512" or "avx512bf16"
const char *ctorch_fused_kernels(void);

// fused_attention.cpp
typedef struct {
  int64_t heads;      // heads of the result
  int64_t map_size;   // size of a map's queries and keys
  int64_t value_size; // size of a head's values
  bool shared_keys;   // differential heads only: both maps of a head use one head of keys
  bool causal;        // query i of n sees the keys up to i + (keys - n)
  double scale;       // of the scores, > 0
  double dropout;     // of the (differential) map, 0 <= dropout < 1
  uint64_t seed;
} ctorch_attention_options;

// [query tokens, heads · value_size] = attention within each document.
//   query: [query tokens, heads · maps · map_size], key: [key tokens, heads · (shared_keys ? 1 : maps) · map_size],
//   value: [key tokens, heads · value_size]; or key and value NULL, and query holds the three side by side.
//   lambda NULL: maps = 1, softmax(scale · q·kᵀ) · v.
//   lambda [query tokens or 1, heads], any floating dtype: maps = 2, head h has the maps 2h and 2h + 1 and is
//   (softmax(scale · q₁·k₁ᵀ) − λ · softmax(scale · q₂·k₂ᵀ)) · v, with one dropout mask on the difference.
//   query_offsets, key_offsets: [documents + 1], where documents start, from 0 to the number of tokens; key_offsets
//   NULL: the same. A document without keys gives zeros.
int ctorch_fused_attention(const ctorch_tensor *query, const ctorch_tensor *key, const ctorch_tensor *value,
                           const ctorch_tensor *lambda, const int64_t *query_offsets, const int64_t *key_offsets,
                           int64_t documents, const ctorch_attention_options *options, ctorch_tensor **out);

// fused_rows.cpp. Parameters are contiguous float32 [size], whatever the rows are, and so are their gradients.
// layer norm(residual + dropout(x + bias)) over the last dimension; bias may be NULL. Saves x and the residual.
int ctorch_fused_dropout_residual_layer_norm(const ctorch_tensor *x, const ctorch_tensor *bias,
                                             const ctorch_tensor *residual, const ctorch_tensor *weight,
                                             const ctorch_tensor *shift, double epsilon, double dropout, uint64_t seed,
                                             ctorch_tensor **out);
// GELU of x + bias, in the erf form or in the one with tanh; bias may be NULL. Saves x alone.
int ctorch_fused_bias_gelu(const ctorch_tensor *x, const ctorch_tensor *bias, bool tanh_form, ctorch_tensor **out);

// fused_linear.cpp
// Float32 weights [out_i, in] that one product takes together, and their bfloat16 copies: made at the first product,
// and again when a weight has been changed in place since.
typedef struct ctorch_weights ctorch_weights;
int ctorch_weights_make(ctorch_tensor *const *weights, int count, ctorch_weights **out);
void ctorch_weights_free(ctorch_weights *weights);
// x·[weight_first; …]ᵀ + [bias_first; …] in bfloat16 over `count` of the weights, [rows, Σ out]; gradients go to the
// float32 weights and biases. x: bfloat16 [rows, in]; biases: float32, as many as weights, or NULL.
int ctorch_fused_linear(const ctorch_tensor *x, ctorch_weights *weights, int first, int count,
                        ctorch_tensor *const *biases, ctorch_tensor **out);

// fused_int8.cpp
// A float32 weight [out, in] in 8 bits, each row with its scale.
typedef struct ctorch_int8_weight ctorch_int8_weight;
int ctorch_int8_weight_make(const ctorch_tensor *weight, ctorch_int8_weight **out);
void ctorch_int8_weight_free(ctorch_int8_weight *weight);
// x·weightᵀ + bias, or GELU of it, each row of x rounded to 8 bits with its own scale; for prediction: there is no
// gradient. x: float32 or bfloat16 [rows, in], the result is of its type; bias: float32, may be NULL.
int ctorch_int8_linear(const ctorch_tensor *x, const ctorch_int8_weight *weight, const ctorch_tensor *bias, bool gelu,
                       bool tanh_form, ctorch_tensor **out);

// fused_optimizer.cpp. Parameters are contiguous float32 on the CPU.
// Rows of `weight` [words, size] at `ids` (int64 or int32, any shape); the gradient is sparse: the touched rows alone.
// The row `padding` gets none (-1: none is left out).
int ctorch_sparse_embedding(const ctorch_tensor *weight, const ctorch_tensor *ids, int64_t padding,
                            ctorch_tensor **out);
// The 2-norm over all gradients, dense and sparse.
int ctorch_fused_gradient_norm(ctorch_tensor *const *parameters, int count, double *norm);
// One step of AdamW in place, equal to torch.optim.AdamW; a sparse gradient counts as the dense one it stands for.
//   gradient_scale: multiplies every gradient (clipping: min(1, maximum / (norm + 1e-6))).
//   steps: for each parameter the number of steps done, advanced here. One without a gradient is left as it is.
int ctorch_fused_adamw_step(ctorch_tensor *const *parameters, ctorch_tensor *const *first_moments,
                            ctorch_tensor *const *second_moments, int64_t *steps, int count, double learning_rate,
                            double beta1, double beta2, double epsilon, double weight_decay, double gradient_scale);

#ifdef __cplusplus
}
#endif
#endif
