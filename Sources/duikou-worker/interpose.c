/// Functions that plugins and their libraries find here instead of in the C library. The program
/// exports them; see Package.swift.
#define _GNU_SOURCE
#include "interpose.h"
#include "crash.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static int tasks = -1;

void open_tasks(void) {
  tasks = open("/proc/self/task", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

int tasks_descriptor(void) {
  return tasks;
}

/// libdispatch reads /proc/<thread>/stat to see whether its threads are blocked, and traps when it
/// cannot. The sandbox does not let it into /proc; the descriptor of the worker's own threads,
/// opened before, shows the same.
static int is_thread_stat(const char *path, char *relative, size_t size) {
  int thread, end = 0;
  if (sscanf(path, "/proc/%d/stat%n", &thread, &end) != 1 || end == 0 || path[end])
    return 0;
  snprintf(relative, size, "%d/stat", thread);
  return 1;
}

static int open_file(const char *path, int flags, unsigned mode) {
  char relative[32];
  if (tasks >= 0 && path && is_thread_stat(path, relative, sizeof relative))
    return (int)syscall(SYS_openat, tasks, relative, flags | O_CLOEXEC, 0);
  return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int open(const char *path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  unsigned mode = va_arg(arguments, unsigned);
  va_end(arguments);
  return open_file(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  unsigned mode = va_arg(arguments, unsigned);
  va_end(arguments);
  return open_file(path, flags, mode);
}

/// What a thread of the plugin is to run.
typedef struct start {
  void *(*function)(void *);
  void *argument;
} start;

static void remove_stack(void *unused) {
  (void)unused;
  remove_signal_stack();
}

static void *run_thread(void *argument) {
  start s = *(start *)argument;
  free(argument);
  add_signal_stack();
  void *result;
  pthread_cleanup_push(remove_stack, NULL);
  result = s.function(s.argument);
  pthread_cleanup_pop(1);
  return result;
}

/// Each thread gets a stack for the crash handlers, which only it can ask for.
int pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                   void *(*function)(void *), void *argument) {
  static int (*real)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
  if (!real) {
    void *symbol = dlsym(RTLD_NEXT, "pthread_create");
    memcpy(&real, &symbol, sizeof symbol);
  }
  start *s = malloc(sizeof *s);
  if (!s)
    return EAGAIN;
  *s = (start){function, argument};
  int status = real(thread, attributes, run_thread, s);
  if (status != 0)
    free(s);
  return status;
}
