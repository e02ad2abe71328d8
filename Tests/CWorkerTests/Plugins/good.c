/// A plugin that does what it should, in every way there is.
#define _GNU_SOURCE
#include "plugin.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { ROWS = 200 };

static const dk_host *host;
static int instance;

static dk_status counts(void *self, dk_call *call) {
  if (self != &instance)
    return DK_INTERNAL;
  for (uint32_t i = 0; i < ROWS; i++) {
    dk_place *place = call->append(call, DK_PLACE, 1, NULL);
    if (!place || place->code != 0 || place->name.len != 0)
      return DK_INTERNAL;
    place->code = i + 1;
    place->name = call->intern(call, "北京", 6);
  }
  call->progress(call, 3, 4);
  return DK_OK;
}

static dk_status echoes(void *self, dk_call *call) {
  (void)self;
  for (uint32_t i = 0; i < call->metadata_count; i++) {
    const dk_metadata *m =
        (const dk_metadata *)(const void *)((const char *)call->metadata +
                                            i * call->metadata_stride);
    call->intern(call, m->name, (uint32_t)strlen(m->name));
    call->intern(call, m->value, m->value_len);
  }
  return DK_OK;
}

static dk_status flushes(void *self, dk_call *call) {
  (void)self;
  for (uint32_t i = 0; i < 5; i++) {
    dk_ref first;
    if (!call->append(call, DK_PLACE, 2, &first) || first.row != 2 * i + 1)
      return DK_INTERNAL;
    dk_status status = call->flush(call);
    if (status != DK_OK)
      return status;
  }
  return DK_OK;
}

static dk_status waits(void *self, dk_call *call) {
  (void)self;
  call->progress(call, 1, 2);
  while (!dk_cancelled(call)) {
  }
  return DK_CANCELLED;
}

static dk_status fails(void *self, dk_call *call) {
  (void)self;
  return call->fail(call, DK_NOT_FOUND, "没有找到", 12);
}

static dk_status writes_lines(void *self, dk_call *call) {
  (void)self;
  (void)call;
  static char long_line[6000];
  memset(long_line, 'x', sizeof long_line);
  memcpy(long_line + 3999, "北", 3);
  host->log(host, DK_LOG_WARNING, "two\nlines", 9);
  host->log(host, DK_LOG_WARNING, "two\x1emarks", 9);
  host->log(host, DK_LOG_ERROR, long_line, sizeof long_line);
  printf("printed\n");
  return DK_OK;
}

static void *ends_itself(void *argument) {
  pthread_exit(argument);
}

static dk_status ends_a_thread(void *self, dk_call *call) {
  (void)call;
  pthread_t thread;
  void *result = NULL;
  if (pthread_create(&thread, NULL, ends_itself, self) != 0)
    return DK_UNAVAILABLE;
  pthread_join(thread, &result);
  return result == self ? DK_OK : DK_INTERNAL;
}

/// A file is opened, its state asked for, and a zone of its time used.
static dk_status reads_time(void *self, dk_call *call) {
  (void)self;
  (void)call;
  struct stat state;
  int file = open("/usr/share/zoneinfo/Asia/Shanghai", O_RDONLY);
  if (file < 0)
    return DK_OK; // not on this machine
  if (fstat(file, &state) != 0 || state.st_size == 0)
    return DK_INTERNAL;
  close(file);
  setenv("TZ", "Asia/Shanghai", 1);
  tzset();
  time_t start = 0;
  struct tm local;
  return localtime_r(&start, &local) && local.tm_hour == 8 ? DK_OK : DK_INTERNAL;
}

/// A thread that hears no signals, as many libraries start, asks for the state of a file.
static void *asks_while_deaf(void *unused) {
  (void)unused;
  struct stat state;
  sigset_t all, old;
  sigfillset(&all);
  if (pthread_sigmask(SIG_BLOCK, &all, NULL) != 0 ||
      sigprocmask(SIG_SETMASK, &all, &old) != 0)
    return NULL;
  return fstat(0, &state) == 0 && sigismember(&old, SIGUSR1) == 1 ? &instance : NULL;
}

static dk_status reads_while_deaf(void *self, dk_call *call) {
  (void)self;
  (void)call;
  pthread_t thread;
  void *result = NULL;
  if (pthread_create(&thread, NULL, asks_while_deaf, NULL) != 0)
    return DK_UNAVAILABLE;
  pthread_join(thread, &result);
  return result == &instance ? DK_OK : DK_INTERNAL;
}

/// What libdispatch asks about its threads.
static dk_status asks_about_a_thread(void *self, dk_call *call) {
  (void)self;
  (void)call;
  char path[64], line[64] = "", state = 0;
  snprintf(path, sizeof path, "/proc/%d/stat", (int)getpid());
  int file = open(path, O_RDONLY | O_NONBLOCK);
  if (file < 0 || read(file, line, sizeof line - 1) <= 0)
    return DK_INTERNAL;
  close(file);
  return sscanf(line, "%*d %*s %c", &state) == 1 && state == 'R' ? DK_OK : DK_INTERNAL;
}

/// Lists where a library keeps its tables of characters, and opens one.
static dk_status reads_tables(void *self, dk_call *call) {
  (void)self;
  (void)call;
  DIR *folder = opendir("/usr/share/poppler/cMap");
  if (!folder)
    return errno == ENOENT ? DK_OK : DK_INTERNAL; // not on this machine
  int count = 0;
  while (readdir(folder))
    count++;
  closedir(folder);
  int file = open("/usr/share/poppler/cidToUnicode/Adobe-GB1", O_RDONLY);
  char first;
  ssize_t got = read(file, &first, 1);
  close(file);
  return count > 2 && got == 1 ? DK_OK : DK_INTERNAL;
}

static dk_status create(const dk_host *from, const dk_image *config, void **self) {
  (void)config;
  host = from;
  *self = &instance;
  return DK_OK;
}

static void destroy(void *self) {
  static const char line[] = "destroyed\n";
  ssize_t written = self == &instance ? write(1, line, sizeof line - 1) : 0;
  (void)written;
}

/// Its own clocks, by each of their names.
static dk_status reads_clocks(void *self, dk_call *call) {
  (void)self;
  (void)call;
  clockid_t process, thread;
  if (clock_getcpuclockid(0, &process) != 0 ||
      pthread_getcpuclockid(pthread_self(), &thread) != 0)
    return DK_INTERNAL;
  const clockid_t clocks[] = {CLOCK_REALTIME,
                              CLOCK_MONOTONIC,
                              CLOCK_BOOTTIME,
                              CLOCK_PROCESS_CPUTIME_ID,
                              CLOCK_THREAD_CPUTIME_ID,
                              process,
                              thread,
                              (clockid_t)(~(unsigned)getpid() << 3 | 2)};
  for (size_t i = 0; i < sizeof clocks / sizeof *clocks; i++) {
    struct timespec time = {0, 0};
    if (syscall(SYS_clock_gettime, clocks[i], &time) != 0 ||
        syscall(SYS_clock_getres, clocks[i], &time) != 0)
      return DK_INTERNAL;
  }
  struct timespec past = {0, 1};
  return clock_nanosleep(process, TIMER_ABSTIME, &past, NULL) == 0 ? DK_OK : DK_INTERNAL;
}

static const dk_method methods[] = {
    METHOD("Counts", "", counts),
    METHOD("Echoes", "", echoes),
    METHOD("Flushes", "", flushes),
    METHOD("Waits", "", waits),
    METHOD("Fails", "", fails),
    METHOD("WritesLines", "", writes_lines),
    METHOD("EndsAThread", "", ends_a_thread),
    METHOD("ReadsWhileDeaf", "", reads_while_deaf),
    METHOD("ReadsTime", "", reads_time),
    METHOD("AsksAboutAThread", "", asks_about_a_thread),
    METHOD("ReadsClocks", "", reads_clocks),
    METHOD("ReadsTables", "", reads_tables),
};
PLUGIN(methods, .create = create, .destroy = destroy)
