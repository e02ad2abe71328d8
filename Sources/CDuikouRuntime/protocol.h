/// How the pages that a host and a worker share are laid out. Private to the two: C11 atomics are
/// not for headers that Swift reads.
#ifndef DUIKOU_PROTOCOL_H
#define DUIKOU_PROTOCOL_H

#include "duikou_worker.h"

#include <stdatomic.h>

#define DKR_PAGE_MAGIC 0x31574b44u ///< "DKW1"

/// Written by the host, read by the worker.
typedef struct dkr_host_page {
  // The turn: each command raises `request`, each answer sets `response` to it.
  _Atomic uint32_t request;
  _Atomic uint32_t host_sleeping; ///< the host waits in the kernel: wake it
  _Atomic uint32_t cancelled;     ///< the cancel word of the running call
  _Atomic uint32_t host_cpu; ///< where the host ran last: do not spin against it there
  uint32_t magic, protocol;
  dkr_channel_limits limits;
  int32_t process; ///< the host's: a worker that finds another above itself ends
  _Alignas(64) uint32_t command;
  uint32_t method;
  int64_t deadline_ns;
  uint64_t image_size;   ///< of DKR_CALL and DKR_CREATE; there 0 without configuration
  uint64_t metadata_off; ///< in the input, of packed entries: see channel.c
  uint32_t metadata_count;
  int32_t status; ///< of DKR_CONTINUE
} dkr_host_page;

/// Written by the worker, and by the host's reaper when it has ended. The host believes nothing.
typedef struct dkr_worker_page {
  _Atomic uint32_t response;
  _Atomic uint32_t worker_sleeping;
  _Atomic uint32_t worker_cpu;
  uint32_t kind;
  int32_t status;
  uint32_t reserved;
  _Atomic uint64_t done, total;
  _Alignas(64) dkr_crash crash;
  _Alignas(64) dkr_crash sample;
} dkr_worker_page;

/// One entry of the metadata in the input: the lengths, then name and value, each with a NUL, padded
/// to 8 bytes.
typedef struct dkr_metadata_entry {
  uint32_t name_len, value_len;
} dkr_metadata_entry;

static inline uint64_t dkr_metadata_entry_size(uint64_t name_len, uint64_t value_len) {
  return (sizeof(dkr_metadata_entry) + name_len + 1 + value_len + 1 + 7) & ~UINT64_C(7);
}

enum { DKR_PAGE_SIZE = 4096 };

/// Says where the calling thread is, and returns it. The system moves host and worker, so each tells
/// whenever it looks.
uint32_t dkr_tell_cpu(_Atomic uint32_t *own);

/// Spins for a moment while `*word` is `value`, until `until_ns` of CLOCK_MONOTONIC at most. Not
/// against a side that is on one's own core: that would only keep it from running. So it goes on telling
/// `own_cpu`, and looks at the other side's.
void dkr_spin(const _Atomic uint32_t *word, uint32_t value, _Atomic uint32_t *own_cpu,
              const _Atomic uint32_t *other_cpu, int64_t until_ns);

/// Waits in the kernel while `*word` is `value`, until `until_ns` of CLOCK_MONOTONIC.
void dkr_futex_wait(const _Atomic uint32_t *word, uint32_t value, int64_t until_ns);
void dkr_futex_wake(const _Atomic uint32_t *word);

#endif
