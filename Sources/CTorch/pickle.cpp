#include "internal.h"

#include <caffe2/serialize/inline_container.h>
#include <torch/csrc/jit/serialization/import_read.h>

using namespace ctorch;

struct ctorch_pickle {
  std::vector<std::pair<std::string, at::Tensor>> tensors;
};

int ctorch_pickle_open(const char *path, ctorch_pickle **out) {
  return guarded([&] {
    caffe2::serialize::PyTorchStreamReader reader{std::string(path)};
    auto value = torch::jit::readArchiveAndTensors("data", "", "", std::nullopt, std::nullopt, at::kCPU, reader);
    TORCH_CHECK(value.isGenericDict(), "it holds no dictionary");
    auto file = std::make_unique<ctorch_pickle>();
    for (const auto &entry : value.toGenericDict()) {
      TORCH_CHECK(entry.key().isString() && entry.value().isTensor(), "a member is no named tensor");
      file->tensors.emplace_back(entry.key().toStringRef(), entry.value().toTensor().contiguous());
    }
    *out = file.release();
  });
}

void ctorch_pickle_close(ctorch_pickle *file) { delete file; }

int64_t ctorch_pickle_count(const ctorch_pickle *file) { return static_cast<int64_t>(file->tensors.size()); }

const char *ctorch_pickle_name(const ctorch_pickle *file, int64_t index) { return file->tensors[index].first.c_str(); }

int ctorch_pickle_tensor(const ctorch_pickle *file, int64_t index, ctorch_tensor **out) {
  return produce(out, [&] { return file->tensors.at(index).second; });
}
