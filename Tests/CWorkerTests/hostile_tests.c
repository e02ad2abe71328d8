/// A plugin that tries to get out. What it tries stands in Plugins/hostile.c.
#define _GNU_SOURCE
#include "check.h"
#include "session.h"
#include "tests.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/// A reader of a flat description; see dkr_describe.
typedef struct reader {
  const char *at, *end;
} reader;

static uint32_t read_u32(reader *r) {
  uint32_t number = 0;
  if (r->end - r->at >= 4) {
    memcpy(&number, r->at, 4);
    r->at += 4;
  }
  return number;
}

static void read_string(reader *r, char *to, size_t size) {
  uint32_t len = read_u32(r);
  len = len == UINT32_MAX ? 0 : len;
  snprintf(to, size, "%.*s", (int)len, r->at);
  r->at += len;
}

typedef struct attempt {
  char name[64], outcome[64];
} attempt;

static uint32_t read_attempts(const session *s, attempt attempts[64]) {
  uint64_t size, used;
  const char *output = dkr_channel_output(s->channel, &size);
  memcpy(&used, output, sizeof used);
  reader r = {output + sizeof used, output + sizeof used + used};
  char rest[256];
  for (int i = 0; i < 4; i++)
    read_u32(&r); // size, ABI built and needed, configuration
  for (int i = 0; i < 3; i++)
    read_string(&r, rest, sizeof rest); // id, version, doc
  read_u32(&r);                         // row types: none
  uint32_t count = read_u32(&r);
  for (uint32_t i = 0; i < count && i < 64; i++) {
    read_string(&r, attempts[i].name, sizeof attempts[i].name);
    read_string(&r, attempts[i].outcome, sizeof attempts[i].outcome);
    read_string(&r, rest, sizeof rest); // media
    for (int k = 0; k < 6; k++)
      read_u32(&r); // role, flags, concurrency, has_invoke, request, response
    for (uint32_t uses = read_u32(&r); uses > 0; uses--)
      for (int k = 0; k < 3; k++)
        read_u32(&r);
  }
  return count;
}

enum { GOOD_ENDS_A_THREAD = 6 }; // a method of Plugins/good.c

static const start_options plain;

static int can_fix_mappings(void) {
  void *page = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return syscall(462 /* mseal */, page, 4096, 0) == 0;
}

static session *start_hostile(void) {
  static int can_fix = -1;
  can_fix = can_fix < 0 ? can_fix_mappings() : can_fix;
  session *s =
      start("hostile", (start_options){.environment = can_fix ? "DUIKOU_FIXED=1" : NULL});
  CHECK(command(s, DKR_DESCRIBE) == DK_OK);
  return s;
}

/// It has ended as it should: "dies of SIGNAL", or "reports CALL", for which it was ended.
static void check_ended(session *s, const char *outcome) {
  int number = 0;
  CHECK(reap(s));
  dkr_crash crash = dkr_channel_crash(s->channel, 0);
  if (sscanf(outcome, "dies of %d", &number) == 1) {
    CHECK(s->status == -number);
  } else {
    CHECK(sscanf(outcome, "reports %d", &number) == 1 && s->status == 128 + SIGSYS);
    CHECK(crash.signal == SIGSYS && crash.code == number);
  }
}

/// Whether nobody may have a user namespace here, as in many containers.
static int has_no_namespaces(void) {
  int status = 0;
  pid_t child = fork();
  if (child == 0)
    _exit((geteuid() == 0 && setresuid(65534, 65534, 65534) != 0) ||
          unshare(CLONE_NEWUSER) != 0);
  return child < 0 || waitpid(child, &status, 0) != child || status != 0;
}

/// Workers that nothing but their namespace tells apart.
static void takes_all_threads(uint32_t method) {
  if (has_no_namespaces())
    return;
  CASE("a worker that takes all its threads takes none of another's");
  const char *before = tests.uid;
  tests.uid = geteuid() == 0 ? "--uid=65534" : NULL;
  session *first = start_hostile(), *second = start_ready("good", plain);
  tests.uid = before;
  CHECK(call(first, method, NULL, 0) == DK_PERMISSION_DENIED);
  CHECK(call(second, GOOD_ENDS_A_THREAD, NULL, 0) == DK_OK);
  finish(first);
  finish(second);
}

counts test_hostile(void) {
  // What a plugin leaves behind becomes this process's child.
  CHECK(prctl(PR_SET_CHILD_SUBREAPER, 1) == 0);
  CASE("a hostile plugin loads");
  session *s = start_hostile();
  attempt attempts[64];
  uint32_t count = read_attempts(s, attempts);
  CHECK(count > 30 && count <= 64);
  for (uint32_t i = 0; i < count && i < 64; i++) {
    CASE(attempts[i].name);
    int status = call(s, i, NULL, 0);
    if (strcmp(attempts[i].outcome, "is refused") == 0) {
      CHECK(status == DK_PERMISSION_DENIED);
    } else {
      CHECK(status == HAS_ENDED);
      check_ended(s, attempts[i].outcome);
    }
    if (strcmp(attempts[i].name, "starts threads without end") == 0)
      takes_all_threads(i);
    if (status != DK_PERMISSION_DENIED) {
      finish(s);
      s = start_hostile();
    }
  }
  finish(s);
  CASE("nothing is left of a hostile plugin");
  CHECK(access("/tmp/duikou-hostile", F_OK) != 0);
  CHECK(waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD);
  return (counts){passed, failed};
}
