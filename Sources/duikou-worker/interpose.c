#define _GNU_SOURCE
#include "interpose.h"
#include "crash.h"
#include "threads.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

typedef int (*create_thread)(pthread_t *, const pthread_attr_t *, void *(*)(void *),
                             void *);

typedef int (*set_mask)(int, const sigset_t *, sigset_t *);

static create_thread real_pthread_create;
static set_mask real_pthread_sigmask;

void find_real_functions(void) {
  void *symbol = dlsym(RTLD_NEXT, "pthread_create");
  memcpy(&real_pthread_create, &symbol, sizeof symbol);
  symbol = dlsym(RTLD_NEXT, "pthread_sigmask");
  memcpy(&real_pthread_sigmask, &symbol, sizeof symbol);
}

/// libdispatch reads /proc/N/stat and traps when it cannot. To let it into /proc would show plugins
/// the machine's mounts and sockets, which lie beside.
static int open_file(const char *path, int flags, unsigned mode) {
  int state = path ? open_thread_state(path) : -1;
  return state >= 0 ? state : (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

static int has_mode(int flags) {
  return (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE;
}

int open(const char *path, int flags, ...) {
  unsigned mode = 0;
  va_list arguments;
  va_start(arguments, flags);
  if (has_mode(flags))
    mode = va_arg(arguments, unsigned);
  va_end(arguments);
  return open_file(path, flags, mode);
}

/// The same: files have 64-bit sizes on the processors that the worker knows.
int open64(const char *path, int flags, ...) __attribute__((alias("open")));

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
  start *s = malloc(sizeof *s);
  if (!s)
    return EAGAIN;
  *s = (start){function, argument};
  int status = real_pthread_create(thread, attributes, run_thread, s);
  if (status != 0)
    free(s);
  return status;
}

/// SIGSYS stays: the kernel ends whoever blocks it and asks for the state of a file; see trap.h.
int pthread_sigmask(int how, const sigset_t *set, sigset_t *old) {
  sigset_t heard;
  if (set && how != SIG_UNBLOCK) {
    heard = *set;
    sigdelset(&heard, SIGSYS);
    set = &heard;
  }
  return real_pthread_sigmask(how, set, old);
}

int sigprocmask(int how, const sigset_t *set, sigset_t *old) {
  int reason = pthread_sigmask(how, set, old);
  if (reason)
    errno = reason;
  return reason ? -1 : 0;
}
