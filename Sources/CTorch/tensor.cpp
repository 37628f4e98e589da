#include "internal.h"

#include <ATen/CPUGeneratorImpl.h>

#include <cstring>

using namespace ctorch;

void ctorch_tensor_free(ctorch_tensor *tensor) { delete tensor; }

int ctorch_from_bytes(const void *bytes, const int64_t *shape, int rank, int dtype, ctorch_tensor **out) {
  return produce(out, [&] {
    auto tensor = at::empty(at::IntArrayRef(shape, rank), at::TensorOptions().dtype(scalar_type(dtype)));
    if (tensor.nbytes() > 0) std::memcpy(tensor.mutable_data_ptr(), bytes, tensor.nbytes());
    return tensor;
  });
}

int ctorch_from_borrowed_bytes(void *bytes, const int64_t *shape, int rank, int dtype, void (*release)(void *),
                               void *context, ctorch_tensor **out) {
  return produce(out, [&] {
    return at::from_blob(
        bytes, at::IntArrayRef(shape, rank), [release, context](void *) { release(context); },
        at::TensorOptions().dtype(scalar_type(dtype)));
  });
}

int ctorch_full(const int64_t *shape, int rank, double value, int dtype, const char *device, ctorch_tensor **out) {
  return produce(out, [&] {
    auto options = at::TensorOptions().dtype(scalar_type(dtype)).device(c10::Device(device));
    return at::full(at::IntArrayRef(shape, rank), value, options);
  });
}

int ctorch_arange(int64_t end, int dtype, const char *device, ctorch_tensor **out) {
  return produce(out, [&] {
    return at::arange(end, at::TensorOptions().dtype(scalar_type(dtype)).device(c10::Device(device)));
  });
}

// Drawn on the CPU with a generator of its own, so that the numbers depend on the seed alone.
int ctorch_randn(const int64_t *shape, int rank, double mean, double deviation, uint64_t seed, ctorch_tensor **out) {
  return produce(out, [&] {
    auto generator = at::detail::createCPUGenerator(seed);
    return at::randn(at::IntArrayRef(shape, rank), generator, at::TensorOptions().dtype(at::kFloat))
        .mul_(deviation)
        .add_(mean);
  });
}

int ctorch_rank(const ctorch_tensor *tensor, int *out) {
  return guarded([&] { *out = static_cast<int>(tensor->value.dim()); });
}

int ctorch_shape(const ctorch_tensor *tensor, int64_t *out) {
  return guarded([&] {
    auto sizes = tensor->value.sizes();
    std::copy(sizes.begin(), sizes.end(), out);
  });
}

int ctorch_dtype_of(const ctorch_tensor *tensor, int *out) {
  return guarded([&] { *out = static_cast<int>(tensor->value.scalar_type()); });
}

int ctorch_device_of(const ctorch_tensor *tensor, char *out, size_t capacity) {
  return guarded([&] {
    auto name = tensor->value.device().str();
    TORCH_CHECK(name.size() < capacity, "device name too long");
    std::memcpy(out, name.c_str(), name.size() + 1);
  });
}

bool ctorch_is_on_processor(const ctorch_tensor *tensor) { return tensor->value.is_cpu(); }

int ctorch_copy_bytes(const ctorch_tensor *tensor, void *out, size_t byte_count) {
  return guarded([&] {
    auto source = tensor->value.detach().to(at::kCPU).contiguous();
    TORCH_CHECK(source.nbytes() == byte_count, "the buffer holds ", byte_count, " bytes, the tensor ", source.nbytes());
    if (byte_count > 0) std::memcpy(out, source.const_data_ptr(), byte_count);
  });
}

int ctorch_to_device(const ctorch_tensor *tensor, const char *device, ctorch_tensor **out) {
  return produce(out, [&] {
    c10::Device target(device);
    // The pinned block is kept by libtorch's allocator until the copy is done.
    if (target.is_cuda() && tensor->value.is_cpu()) {
      return tensor->value.pin_memory().to(target, /*non_blocking=*/true);
    }
    return tensor->value.to(target);
  });
}

int ctorch_to_dtype(const ctorch_tensor *tensor, int dtype, ctorch_tensor **out) {
  return produce(out, [&] { return tensor->value.to(scalar_type(dtype)); });
}

int ctorch_clone(const ctorch_tensor *tensor, ctorch_tensor **out) {
  return produce(out, [&] { return tensor->value.clone(); });
}

int ctorch_detach(const ctorch_tensor *tensor, ctorch_tensor **out) {
  return produce(out, [&] { return tensor->value.detach(); });
}

int ctorch_assign(ctorch_tensor *tensor, const ctorch_tensor *source) {
  return guarded([&] {
    c10::NoGradGuard no_gradients;
    tensor->value.copy_(source->value);
  });
}

int ctorch_all_finite(const ctorch_tensor *tensor, bool *out) {
  return guarded([&] { *out = at::isfinite(tensor->value.detach()).all().item<bool>(); });
}

int ctorch_equal(const ctorch_tensor *a, const ctorch_tensor *b, bool *out) {
  return guarded([&] { *out = at::equal(a->value.detach(), b->value.detach()); });
}
