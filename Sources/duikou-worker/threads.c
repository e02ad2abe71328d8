#define _GNU_SOURCE
#include "threads.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { SEEN_MAX = 256 };

/// How long a thread had run when it was last asked about.
typedef struct seen {
  _Atomic uint32_t thread;
  _Atomic int64_t ran_ns;
} seen;

static seen all_seen[SEEN_MAX];

/// The number in "/proc/N/stat"; 0 for any other path.
static uint32_t thread_of(const char *path) {
  static const char before[] = "/proc/", behind[] = "/stat";
  if (strncmp(path, before, sizeof before - 1) != 0)
    return 0;
  uint32_t number = 0;
  for (path += sizeof before - 1; *path >= '0' && *path <= '9'; path++) {
    if (number > (UINT32_MAX >> 5))
      return 0;
    number = number * 10 + (uint32_t)(*path - '0');
  }
  return strcmp(path, behind) == 0 ? number : 0;
}

/// For how long a thread has run; -1 for one that is not of this process. The kernel's name for the
/// clock of a thread: the C library makes it only from a pthread_t.
static int64_t ran_ns(uint32_t thread) {
  struct timespec ran;
  clockid_t clock = (clockid_t)((~thread << 3) | 6);
  if (clock_gettime(clock, &ran) != 0)
    return -1;
  return (int64_t)ran.tv_sec * 1000000000 + ran.tv_nsec;
}

/// Whether a thread has run since it was last asked about; one that was not, whether it does now.
/// libdispatch asks each second whether its threads are blocked, so that it starts another: one that
/// has not run for a second is. Asked from several threads at once it may be wrong, no more.
static int has_run(uint32_t thread) {
  static const struct timespec moment = {0, 100000};
  seen *s = &all_seen[thread % SEEN_MAX];
  int64_t before = atomic_load(&s->ran_ns);
  if (atomic_exchange(&s->thread, thread) != thread) {
    before = ran_ns(thread);
    nanosleep(&moment, NULL);
  }
  int64_t now = ran_ns(thread);
  atomic_store(&s->ran_ns, now);
  return now != before;
}

int open_thread_state(const char *path) {
  uint32_t thread = thread_of(path);
  int ends[2];
  if (!thread || ran_ns(thread) < 0 || pipe2(ends, O_CLOEXEC) != 0)
    return -1;
  char line[48];
  int len = snprintf(line, sizeof line, "%u (thread) %c\n", thread,
                     has_run(thread) ? 'R' : 'S');
  ssize_t written = write(ends[1], line, (size_t)len);
  close(ends[1]);
  if (written == len)
    return ends[0];
  close(ends[0]);
  return -1;
}
