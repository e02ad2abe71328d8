#define _GNU_SOURCE
#include "duikou_worker.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FIRST_FREE = 64, SHARED = 5 };

/// What the worker finds as its descriptors 0 to 7.
static int set_files(posix_spawn_file_actions_t *actions, const int lifted[SHARED + 2]) {
  int status = posix_spawn_file_actions_addopen(actions, 0, "/dev/null", O_RDONLY, 0);
  for (int i = 0; i < SHARED + 2 && status == 0; i++)
    status = posix_spawn_file_actions_adddup2(actions, lifted[i], i + 1);
  return status ? status
                : posix_spawn_file_actions_addclosefrom_np(actions, DKR_FD_PLUGIN + 1);
}

/// A fresh start: no signal blocked or handled, a process group of its own, so that a key pressed
/// in the host's terminal does not reach it.
static int set_attributes(posix_spawnattr_t *attributes) {
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(attributes, &none);
  posix_spawnattr_setsigdefault(attributes, &all);
  posix_spawnattr_setpgroup(attributes, 0);
  return posix_spawnattr_setflags(
      attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
}

int dkr_spawn(char *const arguments[], char *const environment[],
              const int descriptors[SHARED], int out, int err, int *pidfd) {
  const int wanted[SHARED + 2] = {
      out,           err, descriptors[0], descriptors[1], descriptors[2], descriptors[3],
      descriptors[4]};
  int lifted[SHARED + 2], status = 0;
  // Lifted above what they become, so that none overwrites another on the way.
  for (int i = 0; i < SHARED + 2; i++) {
    lifted[i] = fcntl(wanted[i], F_DUPFD_CLOEXEC, FIRST_FREE);
    if (lifted[i] < 0 && status == 0)
      status = errno;
  }
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  pid_t process = 0;
  if (status == 0)
    status = set_files(&actions, lifted);
  if (status == 0)
    status = set_attributes(&attributes);
  if (status == 0)
    status = posix_spawn(&process, arguments[0], &actions, &attributes, arguments,
                         environment);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  for (int i = 0; i < SHARED + 2; i++)
    if (lifted[i] >= 0)
      close(lifted[i]);
  if (status != 0)
    return -status;
  // The process cannot be gone unless SIGCHLD is ignored: nobody has reaped it. Its pidfd is
  // close-on-exec by itself.
  *pidfd = (int)syscall(SYS_pidfd_open, process, 0);
  if (*pidfd < 0) {
    status = errno;
    if (status != ESRCH)
      kill(process, SIGKILL);
    waitpid(process, NULL, 0);
    return -status;
  }
  return process;
}

int dkr_signal(int pidfd, int signal) {
  return syscall(SYS_pidfd_send_signal, pidfd, signal, NULL, 0) == 0 ? 0 : -errno;
}

int dkr_where_signal(void) {
  return SIGRTMIN + 3;
}

static int has_ended(int pidfd) {
  struct pollfd process = {.fd = pidfd, .events = POLLIN};
  return poll(&process, 1, 0) == 1 && (process.revents & POLLIN);
}

int dkr_reap(int pidfd, int *status) {
  siginfo_t info = {0};
  if (waitid(P_PIDFD, (id_t)pidfd, &info, WEXITED | WNOHANG) != 0) {
    // The kernel reaps the children of whoever ignores SIGCHLD.
    *status = DKR_STATUS_UNKNOWN;
    return errno == ECHILD && has_ended(pidfd);
  }
  if (info.si_pid == 0)
    return 0;
  *status = info.si_code == CLD_EXITED ? info.si_status : -info.si_status;
  return 1;
}
