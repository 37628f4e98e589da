// Vectors of FUSED_WIDTH floats by clang's extended vector types: the same source for every instruction set.
#pragma once

#include <cstdint>
#include <utility>

#define FUSED_INLINE inline __attribute__((always_inline))

namespace ctorch::fused {
namespace {

constexpr int64_t width = FUSED_WIDTH;

typedef float Floats __attribute__((ext_vector_type(FUSED_WIDTH)));
typedef int32_t Ints __attribute__((ext_vector_type(FUSED_WIDTH)));
typedef uint32_t Words __attribute__((ext_vector_type(FUSED_WIDTH)));
typedef uint16_t Halves __attribute__((ext_vector_type(FUSED_WIDTH)));

// The same bits as another type.
template <typename To, typename From> FUSED_INLINE To as(From from) {
  static_assert(sizeof(To) == sizeof(From));
  To to;
  __builtin_memcpy(&to, &from, sizeof to);
  return to;
}

// Memory holds floats, words and pairs of bfloat16 in turn, so all of it is read and written as bytes.
template <typename Value> FUSED_INLINE Value load(const void *from) {
  Value value;
  __builtin_memcpy(&value, from, sizeof value);
  return value;
}

template <typename Value> FUSED_INLINE void store(void *to, Value value) { __builtin_memcpy(to, &value, sizeof value); }

FUSED_INLINE Floats zeros() { return Floats(0.0f); }
FUSED_INLINE Floats select(Ints mask, Floats v) { return mask ? v : zeros(); }
// `b` where `a` is not a number and the other way round, as maxps: b must be the one that may be NaN to keep it.
FUSED_INLINE Floats maximum(Floats a, Floats b) { return a > b ? a : b; }

FUSED_INLINE Ints lane_indices() {
  Ints lanes;
  for (int i = 0; i < FUSED_WIDTH; i++) lanes[i] = i;
  return lanes;
}

FUSED_INLINE float sum_of(Floats v) {
  float parts[FUSED_WIDTH], total = 0;
  store(parts, v);
  for (int64_t step = width / 2; step > 0; step /= 2) {
    for (int64_t i = 0; i < step; i++) parts[i] += parts[i + step];
  }
  total = parts[0];
  return total;
}

FUSED_INLINE float maximum_of(Floats v) {
  float parts[FUSED_WIDTH];
  store(parts, v);
  for (int64_t step = width / 2; step > 0; step /= 2) {
    for (int64_t i = 0; i < step; i++) parts[i] = parts[i] > parts[i + step] ? parts[i] : parts[i + step];
  }
  return parts[0];
}

// 2^x for x <= 127, relative error below 2e-7 (Cephes' exp2f); results under 2^-126 may stay there. Without AVX-512,
// the addition of 1.5·2^23 rounds to the nearest whole number and leaves it in the low bits, ready for the exponent.
FUSED_INLINE Floats exp2_of(Floats x) {
#if FUSED_WIDTH == 16
  const Floats rounded = as<Floats>(_mm512_roundscale_ps(as<__m512>(x), 8));
  const Floats f = x - rounded;
#else
  x = maximum(Floats(-126.0f), x);
  const Floats magic = Floats(12582912.0f);
  const Floats rounded = x + magic;
  const Floats f = x - (rounded - magic);
#endif
  Floats p = Floats(1.535336188319500e-4f);
  p = p * f + 1.339887440266574e-3f;
  p = p * f + 9.618437357674640e-3f;
  p = p * f + 5.550332471162809e-2f;
  p = p * f + 2.402264791363012e-1f;
  p = p * f + 6.931472028550421e-1f;
  p = p * f + 1.0f;
#if FUSED_WIDTH == 16
  return as<Floats>(_mm512_scalef_ps(as<__m512>(p), as<__m512>(rounded)));
#else
  return as<Floats>(as<Words>(p) + (as<Words>(rounded) << 23));
#endif
}

FUSED_INLINE Floats widen(Halves v) { return as<Floats>(__builtin_convertvector(v, Words) << 16); }

// Round to nearest even.
FUSED_INLINE Halves narrow(Floats v) {
#if FUSED_BFLOAT16_DOT
  return as<Halves>(_mm512_cvtneps_pbh(as<__m512>(v)));
#else
  Words bits = as<Words>(v);
  bits += 0x7fff + ((bits >> 16) & 1);
  const Halves rounded = __builtin_convertvector(bits >> 16, Halves);
  const Halves quiet = Halves(0x7fc0);
  return __builtin_convertvector(v != v, decltype(rounded == quiet)) ? quiet : rounded;
#endif
}

FUSED_INLINE Floats load_floats(const float *from) { return load<Floats>(from); }
FUSED_INLINE Floats load_floats(const uint16_t *from) { return widen(load<Halves>(from)); }
FUSED_INLINE void store_floats(float *to, Floats v) { store(to, v); }
FUSED_INLINE void store_floats(uint16_t *to, Floats v) { store(to, narrow(v)); }

// The first `count` lanes; the others are zero.
template <typename Storage> FUSED_INLINE Floats load_some(const Storage *from, int64_t count) {
  Storage part[FUSED_WIDTH] = {};
  for (int64_t i = 0; i < count; i++) part[i] = from[i];
  return load_floats(part);
}

template <typename Storage> FUSED_INLINE void store_some(Storage *to, Floats v, int64_t count) {
  Storage part[FUSED_WIDTH];
  store_floats(part, v);
  for (int64_t i = 0; i < count; i++) to[i] = part[i];
}

// As many lanes as `count` gives, at most all.
template <typename Storage> FUSED_INLINE Floats load_part(const Storage *from, int64_t count) {
  return count >= width ? load_floats(from) : load_some(from, count);
}

template <typename Storage> FUSED_INLINE void store_part(Storage *to, Floats v, int64_t count) {
  count >= width ? store_floats(to, v) : store_some(to, v, count);
}

template <size_t... lane> FUSED_INLINE Words interleave_low(Words a, Words b, std::index_sequence<lane...>) {
  return __builtin_shufflevector(a, b, (lane / 2 + lane % 2 * FUSED_WIDTH)...);
}

template <size_t... lane> FUSED_INLINE Words interleave_high(Words a, Words b, std::index_sequence<lane...>) {
  return __builtin_shufflevector(a, b, (FUSED_WIDTH / 2 + lane / 2 + lane % 2 * FUSED_WIDTH)...);
}

// A square of words: every round deals the two halves of the rows out like a shuffled deck.
FUSED_INLINE void transpose(Words (&rows)[FUSED_WIDTH]) {
  constexpr auto lanes = std::make_index_sequence<FUSED_WIDTH>();
#pragma clang loop unroll(full)
  for (int round = 1; round < FUSED_WIDTH; round *= 2) {
    Words next[FUSED_WIDTH];
#pragma clang loop unroll(full)
    for (int i = 0; i < FUSED_WIDTH / 2; i++) {
      next[2 * i] = interleave_low(rows[i], rows[i + FUSED_WIDTH / 2], lanes);
      next[2 * i + 1] = interleave_high(rows[i], rows[i + FUSED_WIDTH / 2], lanes);
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < FUSED_WIDTH; i++) rows[i] = next[i];
  }
}

// Dropout's generator: all bits of `columns` and of the key, through two rounds of a multiplying hash.
FUSED_INLINE Words hash(uint64_t key, Words columns) {
  Words x = columns + static_cast<uint32_t>(key);
  x ^= x >> 16;
  x *= 0x7feb352du;
  x ^= x >> 15;
  x += static_cast<uint32_t>(key >> 32);
  x *= 0x846ca68bu;
  return x;
}

// All ones in the lanes that dropout keeps, of the vector at `column`.
FUSED_INLINE Ints kept(const Dropout &dropout, uint64_t key, int64_t column) {
  return hash(key, as<Words>(lane_indices()) + static_cast<uint32_t>(column)) >= dropout.threshold;
}

constexpr int64_t round_up(int64_t value, int64_t step) { return (value + step - 1) / step * step; }

} // namespace
} // namespace ctorch::fused
