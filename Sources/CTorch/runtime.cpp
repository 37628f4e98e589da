#include "ctorch_fused.h"
#include "internal.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/DeviceAccelerator.h>
#include <ATen/Parallel.h>
#include <ATen/autocast_mode.h>
#include <c10/core/GradMode.h>
#include <torch/version.h>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

using namespace ctorch;

const char *ctorch_version(void) { return TORCH_VERSION; }

// Before the first tensor, so that the threads of libtorch's pool inherit it.
// - Large blocks stay in the process: glibc otherwise returns each to the system and faults it in again, every step.
// - Denormals count as zero: moments of rarely seen words decay into them, and they slow every step manifold.
int ctorch_prepare_process(void) {
#if defined(__GLIBC__)
  mallopt(M_MMAP_THRESHOLD, 0x7fffffff);
  mallopt(M_TRIM_THRESHOLD, 0x7fffffff);
#endif
  return guarded([] { at::globalContext().setFlushDenormal(true); });
}

int ctorch_has_cuda(bool *out) {
  return guarded([&] { *out = at::hasCUDA() && at::getNumGPUs() > 0; });
}

int ctorch_has_mps(bool *out) {
  return guarded([&] { *out = at::hasMPS(); });
}

int ctorch_synchronize(const char *device) {
  return guarded([&] {
    c10::Device target(device);
    if (target.is_cuda()) at::detail::getCUDAHooks().deviceSynchronize(target.index() < 0 ? 0 : target.index());
    if (target.is_mps()) at::detail::getMPSHooks().deviceSynchronize();
  });
}

int ctorch_memory(const char *device, uint64_t *available, uint64_t *total, uint64_t *peak) {
  return guarded([&] {
    *available = *total = *peak = 0;
    c10::Device target(device);
    if (!target.is_cuda()) return;
    c10::DeviceIndex index = target.index() < 0 ? 0 : target.index();
    auto *allocator = at::getDeviceAllocator(target.type());
    auto [free, all] = allocator->getMemoryInfo(index);
    auto statistics = allocator->getDeviceStats(index);
    auto reserved = statistics.reserved_bytes[0].current, used = statistics.allocated_bytes[0].current;
    *available = free + static_cast<uint64_t>(std::max<int64_t>(0, reserved - used));
    *total = all;
    *peak = static_cast<uint64_t>(statistics.allocated_bytes[0].peak);
  });
}

int ctorch_set_threads(int threads) {
  return guarded([&] { at::set_num_threads(threads); });
}

int ctorch_threads(int *out) {
  return guarded([&] { *out = at::get_num_threads(); });
}

int ctorch_manual_seed(uint64_t seed) {
  return guarded([&] { at::manual_seed(seed); });
}

int ctorch_random_bits(uint64_t *out) {
  return guarded([&] {
    auto generator = at::globalContext().defaultGenerator(at::kCPU);
    std::lock_guard<std::mutex> lock(generator.mutex());
    *out = at::check_generator<at::CPUGeneratorImpl>(generator)->random64();
  });
}

int ctorch_random_state(const char *device, ctorch_tensor **out) {
  return produce(out, [&] {
    auto generator = at::globalContext().defaultGenerator(c10::Device(device));
    std::lock_guard<std::mutex> lock(generator.mutex());
    return generator.get_state();
  });
}

int ctorch_set_random_state(const char *device, const ctorch_tensor *state) {
  return guarded([&] {
    auto generator = at::globalContext().defaultGenerator(c10::Device(device));
    std::lock_guard<std::mutex> lock(generator.mutex());
    generator.set_state(state->value);
  });
}

int ctorch_set_gradients_enabled(bool enabled, bool *previous) {
  return guarded([&] {
    *previous = c10::GradMode::is_enabled();
    c10::GradMode::set_enabled(enabled);
  });
}

namespace {
thread_local bool has_int8_products = false;
}

int ctorch_product_type(const char *device, int *dtype) {
  return guarded([&] {
    auto type = c10::Device(device).type();
    bool on = at::autocast::is_autocast_enabled(type);
    auto mixed = has_int8_products && type == at::kCPU ? at::kChar : at::autocast::get_autocast_dtype(type);
    *dtype = static_cast<int>(on || mixed == at::kChar ? mixed : at::kFloat);
  });
}

// The cache of cast weights is dropped at every change: it does not notice updates.
int ctorch_set_product_type(const char *device, int dtype) {
  return guarded([&] {
    auto type = c10::Device(device).type();
    auto mixed = scalar_type(dtype);
    if (type == at::kCPU) has_int8_products = mixed == at::kChar;
    if (mixed == at::kChar) mixed = std::string(ctorch_fused_kernels()) == "avx512bf16" ? at::kBFloat16 : at::kFloat;
    bool on = mixed != at::kFloat;
    if (on) at::autocast::set_autocast_dtype(type, mixed);
    at::autocast::set_autocast_enabled(type, on);
    at::autocast::clear_cache();
  });
}
