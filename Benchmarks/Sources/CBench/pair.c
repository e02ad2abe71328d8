#define _GNU_SOURCE
#include "library.h"

#include <errno.h>
#include <linux/futex.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/// A turn: a number that one side raises and the other waits for.
typedef struct turn {
  _Alignas(64) _Atomic uint32_t number;
  _Atomic uint32_t waiter_sleeps;
} turn;

/// What the two processes share.
typedef struct shared {
  turn request, response;
  _Alignas(64) uint32_t kind;
  uint32_t sleeps;
  uint32_t count;
  char text[BENCH_TEXT_SIZE];
  char pool[BENCH_RECORDS * BENCH_NAME_SIZE];
  bench_record records[BENCH_RECORDS];
} shared;

struct bench_pair {
  shared *shared;
  bench_library *library;
  pid_t child;
  cpu_set_t usable;
};

/// Longer than any answer takes: spins, and a sleep of the host's.
enum { SPINS_MAX = 1 << 29, SLEEP_MAX_S = 10 };

static void futex_wake(_Atomic uint32_t *word) {
  syscall(SYS_futex, word, FUTEX_WAKE, 1, NULL, NULL, 0);
}

static int futex_wait(_Atomic uint32_t *word, uint32_t value) {
  const struct timespec longest = {.tv_sec = SLEEP_MAX_S};
  return syscall(SYS_futex, word, FUTEX_WAIT, value, &longest, NULL, 0) == 0 ||
         errno != ETIMEDOUT;
}

static _Noreturn void give_up(void) {
  fprintf(stderr, "the other process of the pair does not answer\n");
  abort();
}

static void pause_briefly(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

static void post(turn *turn) {
  atomic_fetch_add(&turn->number, 1);
  if (atomic_load(&turn->waiter_sleeps))
    futex_wake(&turn->number);
}

static uint32_t current(turn *turn) {
  return atomic_load_explicit(&turn->number, memory_order_acquire);
}

/// Waits until the number is no longer `last`, and returns it.
static uint32_t await_spinning(turn *turn, uint32_t last) {
  uint32_t number;
  for (int spins = 0; (number = current(turn)) == last; spins++) {
    if (spins == SPINS_MAX)
      give_up();
    pause_briefly();
  }
  return number;
}

/// The same, asleep. The child waits between two series for as long as they take.
static uint32_t await_sleeping(turn *turn, uint32_t last, int is_child) {
  uint32_t number;
  while ((number = current(turn)) == last) {
    atomic_store(&turn->waiter_sleeps, 1);
    if (atomic_load(&turn->number) == last && !futex_wait(&turn->number, last) &&
        !is_child)
      give_up();
    atomic_store(&turn->waiter_sleeps, 0);
  }
  return number;
}

static void serve(shared *shared, bench_fill_function fill) {
  for (uint32_t last = 0;;) {
    // Between two series both sides sleep: the mode is read again with each request.
    last = shared->sleeps ? await_sleeping(&shared->request, last, 1)
                          : await_spinning(&shared->request, last);
    if (shared->kind == BENCH_KIND_DOC)
      shared->count = fill(shared->text, BENCH_TEXT_SIZE, shared->records, shared->pool);
    post(&shared->response);
  }
}

bench_pair *bench_pair_start(bench_library *library) {
  bench_pair *pair = calloc(1, sizeof *pair);
  if (!pair)
    return NULL;
  pair->library = library;
  pair->shared = mmap(NULL, sizeof(shared), PROT_READ | PROT_WRITE,
                      MAP_SHARED | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
  if (pair->shared == MAP_FAILED) {
    free(pair);
    return NULL;
  }
  pair->shared->sleeps = 1;
  sched_getaffinity(0, sizeof pair->usable, &pair->usable);
  pair->child = fork();
  if (pair->child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    serve(pair->shared, library->fill);
  }
  return pair;
}

void bench_pair_stop(bench_pair *pair) {
  kill(pair->child, SIGKILL);
  waitpid(pair->child, NULL, 0);
  munmap(pair->shared, sizeof(shared));
  free(pair);
}

/// The set of the usable core number `index` alone; empty where there is none.
static cpu_set_t core(const cpu_set_t *usable, int index) {
  cpu_set_t set;
  CPU_ZERO(&set);
  for (int cpu = 0; cpu < CPU_SETSIZE; cpu++)
    if (CPU_ISSET(cpu, usable) && index-- == 0)
      CPU_SET(cpu, &set);
  return set;
}

static int place(const bench_pair *pair, int placement) {
  cpu_set_t host = pair->usable, child = pair->usable;
  if (placement != BENCH_FREE) {
    host = core(&pair->usable, 0);
    child = core(&pair->usable, placement == BENCH_APART ? 1 : 0);
  }
  return CPU_COUNT(&child) > 0 && sched_setaffinity(0, sizeof host, &host) == 0 &&
         sched_setaffinity(pair->child, sizeof child, &child) == 0;
}

/// What one series needs.
typedef struct series {
  bench_pair *pair;
  int kind, sleeps;
} series;

static void call(void *context, uint32_t calls) {
  series *series = context;
  shared *shared = series->pair->shared;
  for (uint32_t i = 0; i < calls; i++) {
    uint32_t last = atomic_load_explicit(&shared->response.number, memory_order_relaxed);
    if (series->kind == BENCH_KIND_DOC)
      memcpy(shared->text, series->pair->library->text, BENCH_TEXT_SIZE);
    post(&shared->request);
    if (series->sleeps)
      await_sleeping(&shared->response, last, 0);
    else
      await_spinning(&shared->response, last);
    if (series->kind == BENCH_KIND_DOC) {
      uint64_t sum = bench_read_all(shared->records, shared->pool, shared->count);
      BENCH_KEEP(sum);
    }
  }
}

static double measure(series *series, uint32_t pause_us) {
  if (pause_us)
    return bench_median_paused(call, series, 150, pause_us);
  uint32_t calls = series->sleeps ? 1 : series->kind == BENCH_KIND_DOC ? 20 : 200;
  return bench_median(call, series, 2000, calls);
}

double bench_pair_measure(bench_pair *pair, const bench_pair_mode *mode) {
  shared *shared = pair->shared;
  series idle = {.pair = pair, .kind = BENCH_KIND_EMPTY, .sleeps = 1};
  series series = {.pair = pair, .kind = mode->kind, .sleeps = mode->sleeps};
  if (!place(pair, mode->placement)) {
    place(pair, BENCH_FREE);
    return -1;
  }
  shared->kind = (uint32_t)mode->kind;
  shared->sleeps = (uint32_t)mode->sleeps;
  double median = measure(&series, mode->pause_us);
  shared->kind = BENCH_KIND_EMPTY;
  shared->sleeps = 1;
  call(&idle, 1);
  place(pair, BENCH_FREE);
  return median;
}
