#define _GNU_SOURCE
#include "turns.h"

static int is_new(const turns *t, uint32_t *turn) {
  *turn = atomic_load_explicit(&t->shared->host->request, memory_order_acquire);
  return *turn != t->last;
}

uint32_t next_command(turns *t) {
  const dkr_host_page *host = t->shared->host;
  dkr_worker_page *worker = t->shared->worker;
  uint32_t turn;
  dkr_spin(&host->request, t->last, &worker->worker_cpu, &host->host_cpu, INT64_MAX);
  if (!is_new(t, &turn)) {
    for (;;) {
      atomic_store(&worker->worker_sleeping, 1);
      if (is_new(t, &turn))
        break;
      dkr_futex_wait(&host->request, t->last, INT64_MAX);
    }
    atomic_store(&worker->worker_sleeping, 0);
    // Woken up where the system liked: the host is about to decide whether to spin.
    dkr_tell_cpu(&worker->worker_cpu);
  }
  t->last = turn;
  return host->command;
}

void answer(turns *t, uint32_t kind, dk_status status) {
  dkr_worker_page *page = t->shared->worker;
  page->kind = kind;
  page->status = status;
  atomic_store(&page->response, t->last);
  if (atomic_load(&t->shared->host->host_sleeping))
    dkr_futex_wake(&page->response);
}
