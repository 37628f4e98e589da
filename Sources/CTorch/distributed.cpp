// c10d's process groups. Compiled against a few lines of Gloo's headers (include/gloo), which the wheel lacks.
#define USE_DISTRIBUTED
#define USE_C10D_GLOO
#if __has_include(<nccl.h>) && __has_include(<cuda_runtime.h>)
#define USE_C10D_NCCL
#endif
#include "ctorch_distributed.h"
#include "internal.h"

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <torch/csrc/autograd/function_hook.h>
#include <torch/csrc/autograd/variable.h>
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>
#ifdef USE_C10D_NCCL
#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>
#endif

using namespace ctorch;

// Tensors of a GPU travel by NCCL where this build has it, all others by Gloo.
struct ctorch_group {
  c10::intrusive_ptr<c10d::Store> store;
  c10::intrusive_ptr<c10d::Backend> processor, cuda;

  c10d::Backend &backend(const at::Tensor &tensor) const { return tensor.is_cuda() && cuda ? *cuda : *processor; }
};

struct ctorch_work {
  c10::intrusive_ptr<c10d::Work> work;
};

namespace {

// This host's address on the way to `host`: the one that its peers can reach. A datagram socket sends nothing to find it.
std::string own_address(const std::string &host, int port) {
  addrinfo hints{}, *found = nullptr;
  hints.ai_socktype = SOCK_DGRAM;
  TORCH_CHECK(getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found) == 0, "unknown host ", host);
  std::string address;
  for (auto *next = found; next && address.empty(); next = next->ai_next) {
    int socket = ::socket(next->ai_family, SOCK_DGRAM, 0);
    if (socket < 0) continue;
    sockaddr_storage own{};
    socklen_t size = sizeof own;
    char name[NI_MAXHOST];
    if (::connect(socket, next->ai_addr, next->ai_addrlen) == 0 &&
        getsockname(socket, reinterpret_cast<sockaddr *>(&own), &size) == 0 &&
        getnameinfo(reinterpret_cast<sockaddr *>(&own), size, name, sizeof name, nullptr, 0, NI_NUMERICHOST) == 0) {
      address = name;
    }
    ::close(socket);
  }
  freeaddrinfo(found);
  TORCH_CHECK(!address.empty(), "no way to host ", host);
  return address;
}

// GLOO_SOCKET_IFNAME chooses the network interface, as it does for PyTorch.
std::shared_ptr<gloo::transport::Device> network(const char *host, int port) {
  const char *interface = std::getenv("GLOO_SOCKET_IFNAME");
  return interface && *interface ? c10d::ProcessGroupGloo::createDeviceForInterface(interface)
                                 : c10d::ProcessGroupGloo::createDeviceForHostname(own_address(host, port));
}

c10::intrusive_ptr<c10d::Work> sum(c10d::Backend &backend, const at::Tensor &tensor,
                                   std::chrono::milliseconds timeout = c10d::kUnsetTimeout) {
  std::vector<at::Tensor> tensors{tensor};
  c10d::AllreduceOptions options;
  options.timeout = timeout;
  return backend.allreduce(tensors, options);
}

std::chrono::milliseconds milliseconds(double seconds) {
  return std::chrono::milliseconds(static_cast<int64_t>(seconds * 1000));
}

} // namespace

bool ctorch_has_nccl(void) {
#ifdef USE_C10D_NCCL
  return true;
#else
  return false;
#endif
}

int ctorch_group_join(const char *host, int port, bool serves, const char *prefix, int rank, int size, double timeout,
                      const char *device, ctorch_group **out) {
  return guarded([&] {
    auto limit = milliseconds(timeout);
    c10d::TCPStoreOptions options;
    options.port = static_cast<uint16_t>(port);
    options.isServer = serves;
    options.numWorkers = size;
    options.waitWorkers = false;
    options.timeout = limit;
    auto base = c10::make_intrusive<c10d::TCPStore>(host, options);
    auto store = c10::make_intrusive<c10d::PrefixStore>(prefix, base);
    store->setTimeout(limit);
    auto gloo = c10d::ProcessGroupGloo::Options::create(limit);
    gloo->devices.push_back(network(host, port));
    c10::intrusive_ptr<c10d::Backend> cuda;
#ifdef USE_C10D_NCCL
    if (c10::Device(device).is_cuda()) {
      auto nccl = c10d::ProcessGroupNCCL::Options::create();
      nccl->timeout = limit;
      cuda = c10::make_intrusive<c10d::ProcessGroupNCCL>(c10::make_intrusive<c10d::PrefixStore>("nccl", store), rank,
                                                         size, nccl);
    }
#endif
    *out = new ctorch_group{
        store, c10::make_intrusive<c10d::ProcessGroupGloo>(store, rank, size, gloo), std::move(cuda)};
  });
}

int ctorch_group_sum(ctorch_group *group, ctorch_tensor *tensor, double timeout, ctorch_work **out) {
  return guarded([&] {
    *out = new ctorch_work{sum(group->backend(tensor->value), tensor->value,
                               timeout > 0 ? milliseconds(timeout) : c10d::kUnsetTimeout)};
  });
}

int ctorch_group_broadcast(ctorch_group *group, ctorch_tensor *tensor, int root, ctorch_work **out) {
  return guarded([&] {
    std::vector<at::Tensor> tensors{tensor->value.detach()};
    c10d::BroadcastOptions options;
    options.rootRank = root;
    *out = new ctorch_work{group->backend(tensor->value).broadcast(tensors, options)};
  });
}

int ctorch_group_gather(ctorch_group *group, const ctorch_tensor *tensor, ctorch_tensor **out) {
  return guarded([&] {
    auto own = tensor->value.detach().contiguous();
    auto &backend = group->backend(own);
    std::vector<int64_t> shape{backend.getSize()};
    for (auto extent : own.sizes()) shape.push_back(extent);
    auto all = at::empty(shape, own.options());
    std::vector<std::vector<at::Tensor>> outputs(1);
    for (int rank = 0; rank < backend.getSize(); rank++) outputs[0].push_back(all[rank]);
    std::vector<at::Tensor> inputs{own};
    backend.allgather(outputs, inputs)->wait();
    give(out, all);
  });
}

int ctorch_work_wait(ctorch_work *work) {
  std::unique_ptr<ctorch_work> owned(work);
  return guarded([&] { owned->work->wait(); });
}

int ctorch_group_count(ctorch_group *group, const char *key, int64_t amount, int64_t *out) {
  return guarded([&] { *out = group->store->add(key, amount); });
}

// MARK: Gradients

namespace {

// Gradients that travel together, one after the other, and behind them for each a number that is not 0 where a process has it:
// a parameter that no process has a gradient of is left without, so that the optimizer leaves it as it is.
struct Bucket {
  std::vector<size_t> places;
  size_t missing = 0;
  at::Tensor flat;
  c10::intrusive_ptr<c10d::Work> work;
};

} // namespace

struct ctorch_reducer {
  ctorch_group *group;
  std::vector<at::Tensor> parameters;
  std::vector<Bucket> buckets;
  std::vector<size_t> bucket_of;
  std::vector<bool> has_arrived;
  at::ScalarType type = at::kFloat;
  bool is_armed = false;
  // All processes send in one order: a bucket that is whole early waits for those before it.
  size_t next = 0;

  void arm() {
    has_arrived.assign(parameters.size(), false);
    for (auto &bucket : buckets) bucket.missing = bucket.places.size();
    next = 0;
    is_armed = true;
  }

  void arrive(size_t place) {
    if (!is_armed || has_arrived[place]) return;
    has_arrived[place] = true;
    buckets[bucket_of[place]].missing--;
    while (next < buckets.size() && buckets[next].missing == 0) send(buckets[next++]);
  }

  void send(Bucket &bucket) {
    int64_t count = bucket.places.size();
    for (auto place : bucket.places) count += parameters[place].numel();
    if (!bucket.flat.defined()) bucket.flat = at::empty({count}, parameters[bucket.places[0]].options().dtype(type));
    std::vector<float> has(bucket.places.size());
    int64_t offset = 0;
    for (size_t i = 0; i < bucket.places.size(); i++) {
      const auto &parameter = parameters[bucket.places[i]];
      const auto &gradient = parameter.grad();
      has[i] = gradient.defined();
      auto part = bucket.flat.narrow(0, offset, parameter.numel());
      if (!gradient.defined()) {
        part.zero_();
      } else {
        part.copy_((gradient.is_sparse() ? gradient.to_dense() : gradient).reshape({-1}));
      }
      offset += parameter.numel();
    }
    bucket.flat.narrow(0, offset, has.size()).copy_(at::tensor(has));
    bucket.work = sum(group->backend(bucket.flat), bucket.flat);
  }

  void finish() {
    while (next < buckets.size()) send(buckets[next++]);
    is_armed = false;
    for (auto &bucket : buckets) {
      bucket.work->wait();
      bucket.work.reset();
      receive(bucket);
    }
  }

  void receive(Bucket &bucket) {
    auto has = bucket.flat.narrow(0, bucket.flat.numel() - bucket.places.size(), bucket.places.size())
                   .to(at::TensorOptions().device(at::kCPU).dtype(at::kFloat));
    int64_t offset = 0;
    for (size_t i = 0; i < bucket.places.size(); i++) {
      auto &parameter = parameters[bucket.places[i]];
      auto part = bucket.flat.narrow(0, offset, parameter.numel()).view(parameter.sizes());
      offset += parameter.numel();
      if (has[i].item<float>() == 0) continue;
      auto &gradient = parameter.mutable_grad();
      if (gradient.defined() && !gradient.is_sparse()) {
        gradient.copy_(part);
      } else {
        gradient = part.to(parameter.scalar_type(), /*non_blocking=*/false, /*copy=*/true);
      }
    }
  }
};

namespace {

struct ArrivalHook : torch::autograd::PostAccumulateGradHook {
  std::weak_ptr<ctorch_reducer> reducer;
  size_t place;

  ArrivalHook(std::weak_ptr<ctorch_reducer> reducer, size_t place) : reducer(std::move(reducer)), place(place) {}

  void operator()(const torch::autograd::Variable &) override {
    at::NoGradGuard no_gradients;
    if (auto owner = reducer.lock()) owner->arrive(place);
  }
};

} // namespace

struct ctorch_reducer_handle {
  std::shared_ptr<ctorch_reducer> reducer;
};

int ctorch_reducer_make(ctorch_group *group, const ctorch_tensor *const *parameters, int count, int64_t bucket_bytes,
                        bool compressed, ctorch_reducer_handle **out) {
  return guarded([&] {
    auto reducer = std::make_shared<ctorch_reducer>();
    reducer->group = group;
    reducer->parameters = values(parameters, count);
    reducer->bucket_of.assign(count, 0);
    if (compressed) reducer->type = at::kBFloat16;
    // The last parameters' gradients come first.
    int64_t bytes = bucket_bytes;
    for (size_t place = count; place-- > 0;) {
      if (bytes >= bucket_bytes) {
        reducer->buckets.emplace_back();
        bytes = 0;
      }
      reducer->buckets.back().places.push_back(place);
      reducer->bucket_of[place] = reducer->buckets.size() - 1;
      bytes += reducer->parameters[place].nbytes();
      torch::autograd::impl::set_post_acc_grad_hooks(reducer->parameters[place],
                                                     std::make_unique<ArrivalHook>(reducer, place));
    }
    reducer->arm();
    reducer->is_armed = false;
    *out = new ctorch_reducer_handle{reducer};
  });
}

void ctorch_reducer_free(ctorch_reducer_handle *handle) { delete handle; }

int ctorch_reducer_arm(ctorch_reducer_handle *handle) {
  return guarded([&] { handle->reducer->arm(); });
}

int ctorch_reducer_finish(ctorch_reducer_handle *handle) {
  return guarded([&] {
    at::NoGradGuard no_gradients;
    handle->reducer->finish();
  });
}
