#define _GNU_SOURCE
#include "turns.h"

#include <sched.h>

static const int64_t spin_ns = 20000;

static int is_new(const turns *t, uint32_t *turn) {
  *turn = atomic_load_explicit(&t->shared->host->request, memory_order_acquire);
  return *turn != t->last;
}

/// Spins for a moment, but never against a host on the same core.
static int spin(const turns *t, uint32_t *turn) {
  uint32_t cpu = (uint32_t)sched_getcpu();
  atomic_store_explicit(&t->shared->worker->worker_cpu, cpu, memory_order_relaxed);
  int64_t end = dkr_now_ns() + spin_ns;
  do {
    for (int i = 0; i < 64; i++) {
      if (is_new(t, turn))
        return 1;
      dkr_pause();
    }
    if (atomic_load_explicit(&t->shared->host->host_cpu, memory_order_relaxed) == cpu)
      return 0;
  } while (dkr_now_ns() < end);
  return 0;
}

uint32_t next_command(turns *t) {
  uint32_t turn;
  if (!spin(t, &turn)) {
    for (;;) {
      atomic_store(&t->shared->worker->worker_sleeping, 1);
      if (is_new(t, &turn))
        break;
      dkr_futex_wait(&t->shared->host->request, t->last, INT64_MAX);
    }
    atomic_store(&t->shared->worker->worker_sleeping, 0);
  }
  t->last = turn;
  return t->shared->host->command;
}

void answer(turns *t, uint32_t kind, dk_status status) {
  dkr_worker_page *page = t->shared->worker;
  page->kind = kind;
  page->status = status;
  atomic_store(&page->response, t->last);
  if (atomic_load(&t->shared->host->host_sleeping))
    dkr_futex_wake(&page->response);
}
