// Threads, scratch memory and the choice of instruction set for the fused operators.
#include "ctorch_fused.h"
#include "fused_kernels.h"

#include <ATen/Parallel.h>
#include <dlfcn.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <mutex>
#include <new>
#include <string>

namespace ctorch::fused {

void Scratch::Release::operator()(float *memory) const { ::operator delete(memory, std::align_val_t(64)); }

void Scratch::grow(int64_t count) {
  auto *memory = static_cast<float *>(::operator new(count * sizeof(float), std::align_val_t(64)));
  chunks.push_back({std::unique_ptr<float, Release>(memory), count, 0});
}

float *Scratch::take(int64_t count) {
  const int64_t rounded = (count + 15) / 16 * 16;
  if (chunks.empty() || chunks.back().size - chunks.back().used < rounded) grow(std::max<int64_t>(rounded, 1 << 16));
  Chunk &chunk = chunks.back();
  float *start = chunk.memory.get() + chunk.used;
  chunk.used += rounded;
  return start;
}

void Scratch::reset() {
  if (chunks.size() > 1) {
    int64_t total = 0;
    for (const Chunk &chunk : chunks) total += chunk.size;
    chunks.clear();
    grow(total);
  }
  if (!chunks.empty()) chunks.back().used = 0;
}

Scratch &Scratch::of_thread() {
  thread_local Scratch scratch;
  return scratch;
}

namespace {

using Parallel = void (*)(void (*)(void *), void *, unsigned, unsigned);

// at::parallel_for is serial in a file that is compiled without -fopenmp. The libgomp that libtorch has loaded starts
// the same pool of threads by this function, which is the one that `#pragma omp parallel` becomes.
Parallel find_parallel() { return reinterpret_cast<Parallel>(dlsym(RTLD_DEFAULT, "GOMP_parallel")); }

struct Job {
  int64_t count;
  void (*body)(void *, int64_t);
  void *context;
  std::atomic<int64_t> next{0};
  std::mutex lock;
  std::exception_ptr error;

  // An exception may not leave the parallel region: the first one is kept for the caller, and the rest is left undone.
  void run() {
    try {
      for (int64_t i; (i = next.fetch_add(1, std::memory_order_relaxed)) < count;) body(context, i);
    } catch (...) {
      next.store(count);
      std::lock_guard<std::mutex> guard(lock);
      if (!error) error = std::current_exception();
    }
  }
};

} // namespace

void parallel(int64_t count, void (*body)(void *, int64_t), void *context) {
  static const Parallel start = find_parallel();
  Job job{count, body, context};
  const int64_t threads = at::in_parallel_region() ? 1 : std::min<int64_t>(at::get_num_threads(), count);
  if (start && threads > 1) {
    start([](void *job) { static_cast<Job *>(job)->run(); }, &job, static_cast<unsigned>(threads), 0);
  } else {
    at::parallel_for(0, threads, 1, [&](int64_t, int64_t) { job.run(); });
  }
  if (job.error) std::rethrow_exception(job.error);
}

Dropout::Dropout(double probability, uint64_t seed) : seed(seed) {
  const double places = std::min(std::round(std::max(probability, 0.0) * 4294967296.0), 4294967295.0);
  threshold = static_cast<uint32_t>(places);
  keep_scale = static_cast<float>(1 / (1 - probability));
}

const Kernels &kernels() {
  static const Kernels &chosen = []() -> const Kernels & {
#if defined(__x86_64__)
    __builtin_cpu_init();
    const char *wish = std::getenv("FARQ_CPU");
    const std::string most = wish ? wish : "";
    const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && most != "plain";
    const bool avx512 = avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                        __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") && most != "avx2";
    if (avx512 && __builtin_cpu_supports("avx512bf16") && __builtin_cpu_supports("avx512vnni") && most != "avx512") return avx512bf16_kernels;
    if (avx512) return avx512_kernels;
    if (avx2) return avx2_kernels;
#endif
    return plain_kernels;
  }();
  return chosen;
}

} // namespace ctorch::fused

const char *ctorch_fused_kernels(void) { return ctorch::fused::kernels().name; }
