#define _GNU_SOURCE
#include "rules.h"
#include "duikou_worker.h"
#include "numbers.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/// Waiting, waking, and locks that pass their priority on, which Swift's mutexes are. The host sleeps
/// on shared memory, where the worker may wait and wake, as the end of a thread and the guards of C++
/// do, and no more: what moves waiters would take the host from where it is woken, and a lock beside
/// it would keep others from waking it. Nothing moves waiters in private memory either: no C library
/// that this runs with does so, and it has let programs into the kernel.
void rule_futex(program *p) {
  static const uint32_t operations[] = {
      FUTEX_WAKE,
      FUTEX_WAIT_BITSET,
      FUTEX_WAIT,
      FUTEX_WAIT_PRIVATE,
      FUTEX_WAKE_PRIVATE,
      FUTEX_WAIT_BITSET_PRIVATE,
      FUTEX_WAKE_BITSET_PRIVATE,
      FUTEX_WAKE_OP_PRIVATE,
      FUTEX_LOCK_PI_PRIVATE,
      FUTEX_TRYLOCK_PI_PRIVATE,
      FUTEX_UNLOCK_PI_PRIVATE,
  };
  unsigned rule = begin_rule(p, SYS_futex);
  load_argument(p, 1);
  emit(p, BPF_ALU | BPF_AND | BPF_K, 0, 0, ~(uint32_t)FUTEX_CLOCK_REALTIME);
  if_in(p, LIST(operations), ALLOW);
  end_rule(p, rule, DENY(ENOSYS));
}

/// Private memory. What is shared counts for no limit, and neither does what grows downwards or
/// lies in huge pages of the machine's.
void rule_mmap(program *p) {
  unsigned rule = begin_rule(p, SYS_mmap);
  load_argument(p, 3);
  if_any(p, MAP_GROWSDOWN | MAP_HUGETLB, DENY(EPERM));
  emit(p, BPF_ALU | BPF_AND | BPF_K, 0, 0, MAP_TYPE);
  if_other(p, MAP_PRIVATE, DENY(EPERM));
  load_argument(p, 2);
  if_all(p, PROT_WRITE | PROT_EXEC, DENY(EPERM));
  end_rule(p, rule, ALLOW);
}

void rule_mprotect(program *p) {
  unsigned rule = begin_rule(p, SYS_mprotect);
  load_argument(p, 2);
  if_all(p, PROT_WRITE | PROT_EXEC, DENY(EPERM));
  end_rule(p, rule, ALLOW);
}

/// Allows a call where an argument is in a list.
static void rule_values(program *p, uint32_t call, unsigned argument,
                        const uint32_t *values, size_t count, uint32_t otherwise) {
  unsigned rule = begin_rule(p, call);
  load_argument(p, argument);
  if_in(p, values, count, ALLOW);
  end_rule(p, rule, otherwise);
}

/// What allocators say about their memory; nothing that lets pages be compared with other
/// processes', or marks them as broken.
void rule_madvise(program *p) {
  static const uint32_t advice[] = {
      MADV_DONTNEED,      MADV_FREE,       MADV_NORMAL,           MADV_RANDOM,
      MADV_SEQUENTIAL,    MADV_WILLNEED,   MADV_REMOVE,           MADV_HUGEPAGE,
      MADV_NOHUGEPAGE,    MADV_DONTFORK,   MADV_DOFORK,           MADV_DONTDUMP,
      MADV_WIPEONFORK,    MADV_KEEPONFORK, ADVICE_POPULATE_WRITE, ADVICE_GUARD_INSTALL,
      ADVICE_GUARD_REMOVE};
  rule_values(p, SYS_madvise, 2, LIST(advice), DENY(EINVAL));
}

/// Threads as the C library makes them; anything else would be a process.
void rule_clone(program *p) {
  static const uint32_t threads[] = {CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND |
                                     CLONE_THREAD | CLONE_SYSVSEM | CLONE_SETTLS |
                                     CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID};
  rule_values(p, SYS_clone, 0, LIST(threads), DENY(EPERM));
}

/// Clocks of the machine, of threads and of this process. Those of other processes have the numbers from
/// 2^31 on: ~process << 3, and which of its three clocks; with them one learns which processes there are
/// and how they work. Bit 2 makes it a thread, which the kernel shows to its own process only.
void rule_clock(program *p, uint32_t call) {
  enum { CLOCKS = 3, OF_THREAD = 4 };
  const uint32_t processes[] = {0, (uint32_t)getpid()};
  unsigned rule = begin_rule(p, call);
  load_argument(p, 0);
  if_below(p, 0x80000000, ALLOW);
  if_any(p, OF_THREAD, ALLOW);
  for (size_t i = 0; i < sizeof processes / sizeof *processes; i++)
    for (uint32_t clock = 0; clock < CLOCKS; clock++)
      if_equal(p, ~processes[i] << 3 | clock, ALLOW);
  end_rule(p, rule, DENY(EINVAL));
}

/// The host takes it for the machine's fault when a worker ends like this, so what the plugin can reach
/// must not: the worker itself has no such end any more either.
void rule_exit(program *p, uint32_t call) {
  static const uint32_t machines[] = {DKR_EXIT_USAGE, DKR_EXIT_SANDBOX};
  unsigned rule = begin_rule(p, call);
  load_argument(p, 0);
  emit(p, BPF_ALU | BPF_AND | BPF_K, 0, 0, 0xff); // the kernel cuts the rest off
  if_in(p, LIST(machines), REPORT);
  end_rule(p, rule, ALLOW);
}

/// Reading only. What can be read is Landlock's to say; it says nothing about O_PATH, with which
/// one could ask for the state of any file.
void rule_openat(program *p) {
  unsigned rule = begin_rule(p, SYS_openat);
  load_argument(p, 2);
  if_any(p, O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND | O_PATH, DENY(EACCES));
  end_rule(p, rule, ALLOW);
}

/// The handlers that report a crash stay; others may come.
void rule_sigaction(program *p) {
  const uint32_t locked[] = {SIGSEGV, SIGBUS,  SIGILL, SIGFPE,
                             SIGABRT, SIGTRAP, SIGSYS, (uint32_t)dkr_where_signal()};
  unsigned rule = begin_rule(p, SYS_rt_sigaction);
  if_pointer(p, 1, NULL, ALLOW); // only asks
  load_argument(p, 0);
  if_in(p, LIST(locked), DENY(EPERM));
  end_rule(p, rule, ALLOW);
}

/// Signals to oneself with which one crashes: abort(), and the end of a handler.
void rule_tgkill(program *p) {
  static const uint32_t crashes[] = {SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP};
  unsigned rule = begin_rule(p, SYS_tgkill);
  load_argument(p, 0);
  if_other(p, (uint32_t)getpid(), DENY(EPERM));
  load_argument(p, 2);
  if_in(p, LIST(crashes), ALLOW);
  end_rule(p, rule, DENY(EPERM));
}

void rule_fcntl(program *p) {
  static const uint32_t commands[] = {F_GETFD, F_SETFD, F_GETFL};
  rule_values(p, SYS_fcntl, 1, LIST(commands), DENY(EPERM));
}

/// Names of threads and of mappings.
void rule_prctl(program *p) {
  static const uint32_t options[] = {PR_SET_NAME, PR_GET_NAME, PRCTL_SET_VMA};
  rule_values(p, SYS_prctl, 0, LIST(options), DENY(EPERM));
}

/// Asking for one's own limits.
void rule_prlimit(program *p) {
  unsigned rule = begin_rule(p, SYS_prlimit64);
  load_argument(p, 0);
  if_other(p, 0, DENY(EPERM));
  if_pointer(p, 2, NULL, ALLOW);
  end_rule(p, rule, DENY(EPERM));
}

/// Only the second filter can be put on. One of a constructor's own would allow no more, but could answer
/// in the kernel's place that the second is on, or fill the machine's log.
void rule_seccomp(program *p, const struct sock_fprog *second) {
  unsigned rule = begin_rule(p, SYS_seccomp);
  load_argument(p, 0);
  if_other(p, SECCOMP_SET_MODE_FILTER, DENY(EPERM));
  load_argument(p, 1);
  if_other(p, SECCOMP_FILTER_FLAG_TSYNC, DENY(EPERM));
  if_other_pointer(p, 2, second, DENY(EPERM));
  end_rule(p, rule, ALLOW);
}

/// The C library asks for the state of an open file by this call and an empty path, which the
/// filter cannot tell from any other path: the handler of SIGSYS can, and answers; see trap.h.
void rule_newfstatat(program *p) {
  unsigned rule = begin_rule(p, SYS_newfstatat);
  load_argument(p, 3);
  if_equal(p, AT_EMPTY_PATH, REPORT);
  end_rule(p, rule, DENY(EACCES));
}

void rule_no_new_code(program *p, uint32_t call) {
  unsigned rule = begin_rule(p, call);
  load_argument(p, 2);
  if_any(p, PROT_EXEC, DENY(EPERM));
  end_rule(p, rule, ALLOW);
}
