// Several processes: c10d's store and its Gloo (processor) or NCCL (CUDA) backend. Conventions are those of ctorch.h.
#ifndef CTORCH_DISTRIBUTED_H
#define CTORCH_DISTRIBUTED_H

#include "ctorch.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ctorch_group ctorch_group;
// An operation between processes that may still be going on; the tensors of it must not be touched before it was waited for.
typedef struct ctorch_work ctorch_work;

// Joins `size` processes as number `rank`; returns once all of them are there, or fails after `timeout` seconds, which later
// operations have as well. `serves` is true in the one process that keeps the store (not under torchrun, whose agent does).
// `prefix` keeps groups apart that share a store. A group is never freed: its end would wait for what a process that is gone has
// left open.
int ctorch_group_join(const char *host, int port, bool serves, const char *prefix, int rank, int size, double timeout,
                      const char *device, ctorch_group **out);
// Whether this build has NCCL.
bool ctorch_has_nccl(void);

// The sum over all processes, in place; `timeout` seconds, or the group's own for 0.
int ctorch_group_sum(ctorch_group *group, ctorch_tensor *tensor, double timeout, ctorch_work **out);
// The tensor of process `root`, in place.
int ctorch_group_broadcast(ctorch_group *group, ctorch_tensor *tensor, int root, ctorch_work **out);
// The tensors of all processes, of one shape: out [size, …].
int ctorch_group_gather(ctorch_group *group, const ctorch_tensor *tensor, ctorch_tensor **out);
// Waits and frees the handle, also where it fails.
int ctorch_work_wait(ctorch_work *work);
// Adds to a number that all processes see under `key`, and gives the sum.
int ctorch_group_count(ctorch_group *group, const char *key, int64_t amount, int64_t *out);

// Sums the gradients of `parameters` over all processes, in buckets of about `bucket_bytes`; each begins its way while the
// backward pass still works on the others. `compressed` sends bfloat16.
typedef struct ctorch_reducer_handle ctorch_reducer_handle;
int ctorch_reducer_make(ctorch_group *group, const ctorch_tensor *const *parameters, int count, int64_t bucket_bytes,
                        bool compressed, ctorch_reducer_handle **out);
void ctorch_reducer_free(ctorch_reducer_handle *reducer);
// The next backward pass is the last of its update: what it completes is sent. Every process arms once an update.
int ctorch_reducer_arm(ctorch_reducer_handle *reducer);
// Sends what has not been sent, waits, and puts the sums into the gradients. Every process must call it.
int ctorch_reducer_finish(ctorch_reducer_handle *reducer);

#ifdef __cplusplus
}
#endif
#endif
