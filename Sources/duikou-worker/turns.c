#define _GNU_SOURCE
#include "turns.h"

#include <sched.h>

static const int64_t spin_ns = 20000;

static int is_new(const turns *t, uint32_t *turn) {
  *turn = atomic_load_explicit(&t->shared->host->request, memory_order_acquire);
  return *turn != t->last;
}

/// Says where this runs, and returns it.
static uint32_t tell_cpu(const turns *t) {
  uint32_t cpu = (uint32_t)sched_getcpu();
  atomic_store_explicit(&t->shared->worker->worker_cpu, cpu, memory_order_relaxed);
  return cpu;
}

/// Spins for a moment, but never against a host on the same core.
static int spin(const turns *t, uint32_t *turn) {
  int64_t end = 0;
  while (!is_new(t, turn)) {
    int64_t now = dkr_now_ns();
    end = end ? end : now + spin_ns;
    uint32_t cpu = tell_cpu(t);
    if (now >= end ||
        atomic_load_explicit(&t->shared->host->host_cpu, memory_order_relaxed) == cpu)
      return 0;
    for (int i = 0; i < DKR_SPINS && !is_new(t, turn); i++)
      dkr_pause();
  }
  return 1;
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
    // Woken up where the system liked: the host is about to decide whether to spin.
    tell_cpu(t);
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
