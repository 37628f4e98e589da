// What the C++ files of CTorch share.
#pragma once

#include "ctorch.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <exception>
#include <string>
#include <vector>

struct ctorch_tensor {
  at::Tensor value;
};

namespace ctorch {

void set_error(const std::string &message);

// Runs `body`, turning every C++ exception into the status 1 and a message.
template <typename Body> int guarded(Body &&body) {
  try {
    body();
    return 0;
  } catch (const c10::Error &error) {
    set_error(error.what_without_backtrace());
  } catch (const std::exception &error) {
    set_error(error.what());
  } catch (...) {
    set_error("unknown C++ exception");
  }
  return 1;
}

inline void give(ctorch_tensor **out, at::Tensor tensor) { *out = new ctorch_tensor{std::move(tensor)}; }

// An operator with one result.
template <typename Body> int produce(ctorch_tensor **out, Body &&body) {
  return guarded([&] { give(out, body()); });
}

inline c10::ScalarType scalar_type(int dtype) { return static_cast<c10::ScalarType>(dtype); }

inline std::vector<at::Tensor> values(const ctorch_tensor *const *tensors, int count) {
  std::vector<at::Tensor> list;
  list.reserve(count);
  for (int i = 0; i < count; i++) list.push_back(tensors[i]->value);
  return list;
}

} // namespace ctorch
