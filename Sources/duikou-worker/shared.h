/// The memory that this worker shares with its host.
#ifndef WORKER_SHARED_H
#define WORKER_SHARED_H

#include "protocol.h"

typedef struct shared {
  const dkr_host_page *host;
  const uint8_t *input;
  dkr_worker_page *worker;
  uint8_t *output;
  uint64_t output_size;
} shared;

/// Maps what the host has left in DKR_FD_HOST_PAGE to DKR_FD_OUTPUT, closes those descriptors, and
/// makes the mappings unchangeable where the kernel can. Returns 0 where they are not what they
/// should be.
int map_shared(shared *s);

#endif
