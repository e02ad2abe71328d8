#define _GNU_SOURCE
#include "protocol.h"

#include <limits.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

void dkr_futex_wait(const _Atomic uint32_t *word, uint32_t value, int64_t until_ns) {
  struct timespec until = {until_ns / 1000000000, until_ns % 1000000000};
  // FUTEX_WAIT_BITSET takes a point of CLOCK_MONOTONIC, FUTEX_WAIT a length.
  syscall(SYS_futex, word, FUTEX_WAIT_BITSET, value,
          until_ns == INT64_MAX ? NULL : &until, NULL, FUTEX_BITSET_MATCH_ANY);
}

void dkr_futex_wake(const _Atomic uint32_t *word) {
  syscall(SYS_futex, word, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}
