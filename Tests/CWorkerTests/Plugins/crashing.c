/// A plugin whose methods crash, each in a function of the same name: the tests look up where the
/// record says that it was.
#define _GNU_SOURCE
#include "plugin.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#define CRASH(function)                                                                  \
  __attribute__((noinline)) static dk_status function(void *self, dk_call *call)

static volatile int *volatile nowhere;
static volatile int zero;

CRASH(writes_nowhere) {
  (void)self, (void)call;
  *nowhere = 1;
  return DK_OK;
}

CRASH(divides_by_zero) {
  (void)self, (void)call;
  return 100 / zero;
}

CRASH(traps) {
  (void)self, (void)call;
  __builtin_trap();
}

/// A breakpoint goes on behind itself unless somebody ends the process.
CRASH(breaks) {
  (void)self, (void)call;
#if defined(__x86_64__)
  __asm__ volatile("int3");
#else
  raise(SIGTRAP);
#endif
  return DK_OK;
}

CRASH(calls_abort) {
  (void)self, (void)call;
  abort();
}

CRASH(raises_segv) {
  (void)self, (void)call;
  raise(SIGSEGV);
  return DK_OK;
}

__attribute__((noinline)) static int recurses(volatile char *above) {
  volatile char frame[4096];
  frame[0] = above[0];
  return above[0] == 0 ? 0 : recurses(frame) + frame[0];
}

CRASH(uses_up_its_stack) {
  (void)self, (void)call;
  volatile char bottom = 1;
  return recurses(&bottom);
}

CRASH(loses_its_stack) {
  (void)self, (void)call;
#if defined(__x86_64__)
  __asm__ volatile("mov $0x1000, %rsp; push %rax");
#else
  *nowhere = 1;
#endif
  return DK_OK;
}

static void run_in_thread(void *(*function)(void *)) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, function, NULL) == 0)
    pthread_join(thread, NULL);
}

__attribute__((noinline)) static void *writes_in_thread(void *unused) {
  *nowhere = 1;
  return unused;
}

CRASH(crashes_in_a_thread) {
  (void)self, (void)call;
  run_in_thread(writes_in_thread);
  return DK_OK;
}

static void *recurses_in_thread(void *unused) {
  volatile char bottom = 1;
  return recurses(&bottom) ? unused : NULL;
}

CRASH(uses_up_a_threads_stack) {
  (void)self, (void)call;
  run_in_thread(recurses_in_thread);
  return DK_OK;
}

CRASH(calls_exit) {
  (void)self, (void)call;
  exit(3);
}

CRASH(loops) {
  (void)self, (void)call;
  while (zero == 0) {
  }
  return DK_OK;
}

CRASH(loops_deaf) {
  (void)self, (void)call;
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, NULL);
  while (zero == 0) {
  }
  return DK_OK;
}

static void destroy(void *self) {
  (void)self;
  *nowhere = 1;
}

static const dk_method methods[] = {
    METHOD("writes_nowhere", "", writes_nowhere),
    METHOD("divides_by_zero", "", divides_by_zero),
    METHOD("traps", "", traps),
    METHOD("breaks", "", breaks),
    METHOD("calls_abort", "", calls_abort),
    METHOD("raises_segv", "", raises_segv),
    METHOD("recurses", "", uses_up_its_stack),
    METHOD("loses_its_stack", "", loses_its_stack),
    METHOD("writes_in_thread", "", crashes_in_a_thread),
    METHOD("recurses_in_thread", "", uses_up_a_threads_stack),
    METHOD("calls_exit", "", calls_exit),
    METHOD("loops", "", loops),
    METHOD("loops_deaf", "", loops_deaf),
};
PLUGIN(methods, .destroy = destroy)
