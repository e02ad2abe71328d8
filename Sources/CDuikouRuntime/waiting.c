#define _GNU_SOURCE
#include "protocol.h"

#include <limits.h>
#include <linux/futex.h>
#include <sched.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/// How long one spins: about as long as going to sleep and waking up again costs where the other core is
/// idle, which is never more than twice as much as knowing beforehand would take.
static const int64_t spin_ns = 50000;
/// Pauses between two looks at the clock and the processor.
enum { SPINS = 64 };

/// Tells the processor that this is a spin loop.
static void pause_spinning(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

uint32_t dkr_tell_cpu(_Atomic uint32_t *own) {
  uint32_t cpu = (uint32_t)sched_getcpu();
  atomic_store_explicit(own, cpu, memory_order_relaxed);
  return cpu;
}

static int is_still(const _Atomic uint32_t *word, uint32_t value) {
  return atomic_load_explicit(word, memory_order_acquire) == value;
}

void dkr_spin(const _Atomic uint32_t *word, uint32_t value, _Atomic uint32_t *own_cpu,
              const _Atomic uint32_t *other_cpu, int64_t until_ns) {
  int64_t end = 0;
  while (is_still(word, value)) {
    int64_t now = dkr_now_ns();
    end = end ? end : now + spin_ns;
    if (now >= end || now >= until_ns ||
        dkr_tell_cpu(own_cpu) == atomic_load_explicit(other_cpu, memory_order_relaxed))
      return;
    for (int i = 0; i < SPINS && is_still(word, value); i++)
      pause_spinning();
  }
}

void dkr_futex_wait(const _Atomic uint32_t *word, uint32_t value, int64_t until_ns) {
  struct timespec until = {until_ns / 1000000000, until_ns % 1000000000};
  // FUTEX_WAIT_BITSET takes a point of CLOCK_MONOTONIC, FUTEX_WAIT a length.
  syscall(SYS_futex, word, FUTEX_WAIT_BITSET, value,
          until_ns == INT64_MAX ? NULL : &until, NULL, FUTEX_BITSET_MATCH_ANY);
}

void dkr_futex_wake(const _Atomic uint32_t *word) {
  syscall(SYS_futex, word, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}
