/// Plugins that crash, and what the record says about it.
#define _GNU_SOURCE
#include "check.h"
#include "session.h"
#include "tests.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/// How a method of Plugins/crashing.c ends; in the order of its methods.
typedef struct crash_case {
  const char *function; ///< in which it must be; NULL where it is in another library
  int signal;
  int is_in_thread;
} crash_case;

static const crash_case cases[] = {
    {"writes_nowhere", SIGSEGV, 0},
#if defined(__x86_64__)
    {"divides_by_zero", SIGFPE, 0},
    {"traps", SIGILL, 0},
    {"breaks", SIGTRAP, 0},
#else
    {NULL, 0, 0}, // gives 0 there
    {"traps", SIGTRAP, 0},
    {NULL, SIGTRAP, 0},
#endif
    {NULL, SIGABRT, 0},
    {NULL, SIGSEGV, 0},
    {"recurses", SIGSEGV, 0},
    {"loses_its_stack", SIGSEGV, 0},
    {"writes_in_thread", SIGSEGV, 1},
    {"recurses", SIGSEGV, 1},
};

enum { CALLS_EXIT = 10, LOOPS = 11, LOOPS_DEAF = 12 };

static const start_options plain;

/// Whether an offset lies in a function, as nm tells it.
static int is_in(const session *s, const char *function, uint64_t offset) {
  char line[8192], name[256];
  snprintf(line, sizeof line, "nm -S --defined-only '%s'", s->path);
  FILE *symbols = popen(line, "r");
  int found = 0;
  unsigned long start, size;
  char kind;
  while (symbols && fgets(line, sizeof line, symbols))
    if (sscanf(line, "%lx %lx %c %255s", &start, &size, &kind, name) == 4 &&
        strcmp(name, function) == 0)
      found = offset >= start && offset < start + size;
  if (symbols)
    pclose(symbols);
  return found;
}

static void check_place(const session *s, dkr_crash crash, const char *function) {
  if (function) {
    CHECK(crash.is_plugin == 1 && is_in(s, function, crash.offset));
    CHECK(strcmp(crash.module, "crashing.so") == 0);
  } else {
    CHECK(crash.is_plugin == 0 && strncmp(crash.module, "libc", 4) == 0);
  }
}

static void crashes(void) {
  for (uint32_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    if (cases[i].signal == 0)
      continue;
    CASE(cases[i].function ? cases[i].function : "a crash inside the C library");
    session *s = start_ready("crashing", plain);
    CHECK(call(s, i, NULL, 0) == HAS_ENDED);
    CHECK(reap(s) && s->status == -cases[i].signal);
    dkr_crash crash = dkr_channel_crash(s->channel, 0);
    CHECK(crash.signal == (uint32_t)cases[i].signal);
    CHECK((crash.thread != 0) == cases[i].is_in_thread);
    check_place(s, crash, cases[i].function);
    finish(s);
  }
}

static void endings(void) {
  CASE("a call that ends the process is the end of the worker, not a crash");
  session *s = start_ready("crashing", plain);
  CHECK(call(s, CALLS_EXIT, NULL, 0) == HAS_ENDED);
  CHECK(reap(s) && s->status == 3 && dkr_channel_crash(s->channel, 0).signal == 0);
  finish(s);
  CASE("a crash while it is drained is recorded");
  s = start_ready("crashing", plain);
  CHECK(command(s, DKR_DRAIN) == HAS_ENDED && reap(s) && s->status == -SIGSEGV);
  check_place(s, dkr_channel_crash(s->channel, 0), "destroy");
  finish(s);
  CASE("a signal from outside ends the worker as it would any process");
  s = start_ready("crashing", plain);
  CHECK(dkr_signal(s->pidfd, SIGSEGV) == 0 && reap(s) && s->status == -SIGSEGV);
  CHECK(dkr_channel_crash(s->channel, 0).address == 0);
  finish(s);
}

static void late_calls(void) {
  CASE("a call that does not end tells where it is, more than once");
  session *s = start_ready("crashing", plain);
  dkr_channel_begin(s->channel);
  post_call(s, LOOPS);
  for (int i = 0; i < 2; i++) {
    CHECK(wait_for(s, 30) == IS_LATE);
    CHECK(dkr_signal(s->pidfd, dkr_where_signal()) == 0);
    CHECK(wait_for(s, 50) == IS_LATE);
    dkr_crash sample = dkr_channel_crash(s->channel, 1);
    CHECK(sample.signal == (uint32_t)dkr_where_signal() && sample.address == 0);
    check_place(s, sample, "loops");
  }
  CHECK(dkr_channel_crash(s->channel, 0).signal == 0);
  CASE("and is killed");
  CHECK(dkr_signal(s->pidfd, SIGKILL) == 0 && reap(s) && s->status == -SIGKILL);
  finish(s);
  CASE("one that hears no signals is killed all the same");
  s = start_ready("crashing", plain);
  dkr_channel_begin(s->channel);
  post_call(s, LOOPS_DEAF);
  CHECK(wait_for(s, 30) == IS_LATE);
  CHECK(dkr_signal(s->pidfd, dkr_where_signal()) == 0 && wait_for(s, 30) == IS_LATE);
  CHECK(dkr_channel_crash(s->channel, 1).signal == 0);
  CHECK(dkr_signal(s->pidfd, SIGKILL) == 0 && reap(s) && s->status == -SIGKILL);
  finish(s);
}

counts test_crashing(void) {
  crashes();
  endings();
  late_calls();
  return (counts){passed, failed};
}
