#define _GNU_SOURCE
#include "filter.h"
#include "calls.h"
#include "numbers.h"
#include "rules.h"

#include <errno.h>
#include <linux/audit.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "the worker knows no system calls of this processor"
#endif

/// Lets in only calls of this architecture: those of others have numbers of their own, and would
/// pass by the rules.
static void begin(program *p) {
  load(p, offsetof(struct seccomp_data, arch));
  if_other(p, ARCHITECTURE, KILL);
  load(p, offsetof(struct seccomp_data, nr));
#if defined(__x86_64__)
  // x32, which is this architecture with other numbers.
  emit(p, BPF_JMP | BPF_JGE | BPF_K, 0, 1, 0x40000000);
  end(p, KILL);
#endif
}

static void write_loading_filter(program *p, const struct sock_fprog *second) {
  begin(p);
  // First what happens most: the kernel goes through the list for every call with arguments.
  rule_futex(p);
  rule_mmap(p);
  rule_mprotect(p);
  rule_madvise(p);
  if_in(p, LIST(allowed), ALLOW);
  if_in(p, LIST(looks), ALLOW);
  rule_clone(p);
  rule_clock(p, SYS_clock_gettime);
  rule_clock(p, SYS_clock_nanosleep);
  rule_clock(p, SYS_clock_getres);
  rule_exit(p, SYS_exit);
  rule_exit(p, SYS_exit_group);
  rule_openat(p);
  rule_sigaction(p);
  rule_tgkill(p);
  rule_fcntl(p);
  rule_prctl(p);
  rule_prlimit(p);
  rule_seccomp(p, second);
  if_in(p, LIST(absent), DENY(ENOSYS));
  if_in(p, LIST(forbidden), DENY(EACCES));
  if_in(p, LIST(refused), DENY(EPERM));
  if_in(p, LIST(hostile), REPORT);
  end(p, DENY(ENOSYS));
}

/// What stands here is denied besides; the first filter holds on.
static void write_serving_filter(program *p, int may_open) {
  begin(p);
  if_equal(p, SYS_futex, ALLOW);
  rule_no_new_code(p, SYS_mmap);
  rule_no_new_code(p, SYS_mprotect);
  rule_newfstatat(p);
  if_in(p, LIST(looks), DENY(EACCES));
  if_equal(p, SYS_seccomp, DENY(EPERM));
  if (!may_open)
    if_equal(p, SYS_openat, DENY(EACCES));
  end(p, ALLOW);
}

/// A program as the kernel takes it; it points into itself.
typedef struct filter {
  struct sock_fprog header;
  program program;
} filter;

static int finish(filter *f) {
  f->header = (struct sock_fprog){(uint16_t)f->program.length, f->program.code};
  return f->program.length < PROGRAM_MAX;
}

static int install(const struct sock_fprog *header) {
  return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC,
                 header) == 0;
}

/// The second filter is written before the first is on, which lets pass its address alone. It lies in
/// pages of its own that nobody can write to or replace. Where the kernel has no mseal, before 6.10, a
/// constructor can make them writable again: there it still can put on a program of its own.
static const struct sock_fprog *second;

static int write_second(int may_open) {
  filter *f =
      mmap(NULL, sizeof *f, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (f == MAP_FAILED)
    return 0;
  write_serving_filter(&f->program, may_open);
  if (!finish(f) || mprotect(f, sizeof *f, PROT_READ) != 0)
    return 0;
  syscall(MSEAL, f, sizeof *f, 0);
  second = &f->header;
  return 1;
}

int enter_loading_filter(int may_open) {
  filter f = {.program = {.length = 0}};
  if (!write_second(may_open))
    return 0;
  write_loading_filter(&f.program, second);
  return finish(&f) && install(&f.header);
}

int enter_serving_filter(void) {
  return install(second);
}

/// Without a program the kernel fails for that reason, if it knows the flags.
static int knows(unsigned flags) {
  return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, NULL) != 0 &&
         errno == EFAULT;
}

int can_filter_calls(void) {
  return knows(0);
}

int can_filter_threads(void) {
  return knows(SECCOMP_FILTER_FLAG_TSYNC);
}
