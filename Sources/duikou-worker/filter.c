#define _GNU_SOURCE
#include "filter.h"
#include "duikou_worker.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

/// Where the next instruction goes.
typedef struct assembler {
  struct sock_filter *program;
  unsigned length;
} assembler;

#define OFFSET(member) ((uint32_t)offsetof(struct seccomp_data, member))
/// The low half of an argument: all that is looked at here fits into it, and what does not is
/// refused by the kernel itself.
#define ARGUMENT(n) (OFFSET(args) + 8u * (n))

static void emit(assembler *a, uint16_t code, uint8_t then, uint8_t otherwise,
                 uint32_t k) {
  if (a->length < FILTER_MAX)
    a->program[a->length++] = (struct sock_filter){code, then, otherwise, k};
}

static void load(assembler *a, uint32_t offset) {
  emit(a, BPF_LD | BPF_W | BPF_ABS, 0, 0, offset);
}

static void end(assembler *a, uint32_t action) {
  emit(a, BPF_RET | BPF_K, 0, 0, action);
}

static uint32_t deny(uint32_t reason) {
  return SECCOMP_RET_ERRNO | reason;
}

/// Ends with `action` if the accumulator is `value`.
static void if_equal(assembler *a, uint32_t value, uint32_t action) {
  emit(a, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, value);
  end(a, action);
}

/// Ends with `action` if the accumulator has any of the bits.
static void if_any(assembler *a, uint32_t bits, uint32_t action) {
  emit(a, BPF_JMP | BPF_JSET | BPF_K, 0, 1, bits);
  end(a, action);
}

/// Begins what holds for one call only; returns the jump over it, for `end_call`.
static unsigned begin_call(assembler *a, uint32_t number) {
  emit(a, BPF_JMP | BPF_JEQ | BPF_K, 0, 0, number);
  return a->length - 1;
}

/// Ends it with `action`, for what no rule in it has decided.
static void end_call(assembler *a, unsigned begin, uint32_t action) {
  end(a, action);
  a->program[begin].jf = (uint8_t)(a->length - begin - 1);
}

/// Calls that do no harm with any arguments.
static const uint32_t allowed[] = {
    // Memory and threads.
    SYS_brk,
    SYS_munmap,
    SYS_mremap,
    SYS_madvise,
    SYS_futex,
    SYS_set_robust_list,
    SYS_exit,
    SYS_exit_group,
    SYS_gettid,
    SYS_getpid,
    SYS_sched_yield,
    SYS_sched_getaffinity,
    SYS_getcpu,
#ifdef SYS_rseq
    SYS_rseq,
#endif
    // Time.
    SYS_nanosleep,
    SYS_clock_nanosleep,
    SYS_clock_gettime,
    SYS_clock_getres,
    SYS_gettimeofday,
    SYS_restart_syscall,
#ifdef SYS_time
    SYS_time,
#endif
    // Signals to oneself.
    SYS_rt_sigprocmask,
    SYS_rt_sigreturn,
    SYS_sigaltstack,
    // What is open already, which is the pipes to the host and what Landlock lets it open.
    SYS_read,
    SYS_write,
    SYS_readv,
    SYS_writev,
    SYS_pread64,
    SYS_lseek,
    SYS_close,
    SYS_fstat,
    // Waiting, as run loops and queues do it.
    SYS_epoll_create1,
    SYS_epoll_ctl,
    SYS_epoll_pwait,
    SYS_eventfd2,
    SYS_timerfd_create,
    SYS_timerfd_settime,
    SYS_timerfd_gettime,
    SYS_ppoll,
    SYS_pipe2,
#ifdef SYS_epoll_wait
    SYS_epoll_wait,
#endif
#ifdef SYS_poll
    SYS_poll,
#endif
    // Questions.
    SYS_getrandom,
    SYS_uname,
    SYS_sysinfo,
    SYS_getrusage,
    SYS_getuid,
    SYS_geteuid,
    SYS_getgid,
    SYS_getegid,
    SYS_times,
    // The second filter.
    SYS_seccomp,
};

/// Calls that libraries try, and do without when they are not there.
static const uint32_t unknown[] = {
#ifdef SYS_clone3
    SYS_clone3,
#endif
#ifdef SYS_openat2
    SYS_openat2,
#endif
    SYS_statx,          SYS_membarrier,     SYS_memfd_create,      SYS_userfaultfd,
#ifdef SYS_faccessat2
    SYS_faccessat2,
#endif
#ifdef SYS_io_uring_setup
    SYS_io_uring_setup, SYS_io_uring_enter, SYS_io_uring_register,
#endif
};

/// Calls on paths and sockets: refused as to somebody who may not.
static const uint32_t forbidden[] = {
    SYS_socket,    SYS_socketpair, SYS_connect,   SYS_bind,    SYS_listen,
    SYS_accept4,   SYS_sendto,     SYS_recvfrom,  SYS_sendmsg, SYS_recvmsg,
    SYS_mkdirat,   SYS_unlinkat,   SYS_renameat2, SYS_linkat,  SYS_symlinkat,
    SYS_fchmodat,  SYS_fchownat,   SYS_chdir,     SYS_fchdir,  SYS_statfs,
    SYS_utimensat,
};

/// Calls on this process that it must not change.
static const uint32_t refused[] = {
    SYS_kill,
    SYS_tkill,
    SYS_setpriority,
    SYS_ioctl,
    SYS_dup,
    SYS_dup3,
    SYS_wait4,
    SYS_waitid,
    SYS_ftruncate,
    SYS_fallocate,
    SYS_fchmod,
    SYS_fchown,
    SYS_setrlimit,
    SYS_rt_sigqueueinfo,
    SYS_rt_tgsigqueueinfo,
    SYS_sched_setaffinity,
    SYS_sched_setscheduler,
    SYS_umask,
    SYS_mlock,
    SYS_mlockall,
    SYS_rt_sigtimedwait,
#ifdef SYS_fork
    SYS_fork,
    SYS_vfork,
#endif
#ifdef SYS_dup2
    SYS_dup2,
#endif
};

/// Calls that no plugin makes by mistake: the worker says which, and dies.
static const uint32_t hostile[] = {
    SYS_execve,
    SYS_execveat,
    SYS_ptrace,
    SYS_process_vm_readv,
    SYS_process_vm_writev,
    SYS_mount,
    SYS_umount2,
    SYS_unshare,
    SYS_setns,
    SYS_bpf,
    SYS_perf_event_open,
    SYS_keyctl,
    SYS_add_key,
    SYS_request_key,
    SYS_setuid,
    SYS_setgid,
    SYS_setreuid,
    SYS_setresuid,
    SYS_setresgid,
    SYS_setgroups,
    SYS_chroot,
    SYS_pivot_root,
    SYS_reboot,
    SYS_init_module,
    SYS_finit_module,
    SYS_kexec_load,
    SYS_pidfd_open,
    SYS_pidfd_send_signal,
#ifdef SYS_pidfd_getfd
    SYS_pidfd_getfd,
#endif
};

#define EACH(list, action)                                                               \
  for (size_t i = 0; i < sizeof(list) / sizeof *(list); i++)                             \
  if_equal(a, (list)[i], action)

/// Lets in only calls of this architecture, with their number in the accumulator.
static void begin(assembler *a) {
  load(a, OFFSET(arch));
  emit(a, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, ARCHITECTURE);
  end(a, SECCOMP_RET_KILL_PROCESS);
  load(a, OFFSET(nr));
#if defined(__x86_64__)
  // The x32 calls have numbers of their own, and would pass by the rules.
  emit(a, BPF_JMP | BPF_JGE | BPF_K, 0, 1, 0x40000000);
  end(a, SECCOMP_RET_KILL_PROCESS);
#endif
}

/// Threads as the C library makes them; anything else would be a process.
static void rule_clone(assembler *a) {
  uint32_t flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD |
                   CLONE_SYSVSEM | CLONE_SETTLS | CLONE_PARENT_SETTID |
                   CLONE_CHILD_CLEARTID;
  unsigned call = begin_call(a, SYS_clone);
  load(a, ARGUMENT(0));
  if_equal(a, flags, SECCOMP_RET_ALLOW);
  end_call(a, call, deny(EPERM));
}

/// Reading only. What can be read is Landlock's to say.
static void rule_openat(assembler *a) {
  unsigned call = begin_call(a, SYS_openat);
  load(a, ARGUMENT(2));
  if_any(a, O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND, deny(EACCES));
  end_call(a, call, SECCOMP_RET_ALLOW);
}

/// The state of an open file, not of a path: that would tell which paths there are.
static void rule_newfstatat(assembler *a) {
#ifdef SYS_newfstatat
  unsigned call = begin_call(a, SYS_newfstatat);
  load(a, ARGUMENT(3));
  if_any(a, AT_EMPTY_PATH, SECCOMP_RET_ALLOW);
  end_call(a, call, deny(EACCES));
#endif
}

/// The handlers that report a crash stay; others may come.
static void rule_sigaction(assembler *a) {
  const int locked[] = {SIGSEGV, SIGBUS,  SIGILL, SIGFPE,
                        SIGABRT, SIGTRAP, SIGSYS, dkr_where_signal()};
  unsigned call = begin_call(a, SYS_rt_sigaction);
  load(a, ARGUMENT(1));
  // Without a new handler it only asks: both halves of the pointer are 0.
  emit(a, BPF_JMP | BPF_JEQ | BPF_K, 0, 3, 0);
  load(a, ARGUMENT(1) + 4);
  if_equal(a, 0, SECCOMP_RET_ALLOW);
  load(a, ARGUMENT(0));
  for (size_t i = 0; i < sizeof locked / sizeof *locked; i++)
    if_equal(a, (uint32_t)locked[i], deny(EPERM));
  end_call(a, call, SECCOMP_RET_ALLOW);
}

/// abort() is a signal to oneself.
static void rule_tgkill(assembler *a) {
  unsigned call = begin_call(a, SYS_tgkill);
  load(a, ARGUMENT(0));
  emit(a, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, (uint32_t)getpid());
  end(a, deny(EPERM));
  load(a, ARGUMENT(2));
  if_equal(a, SIGABRT, SECCOMP_RET_ALLOW);
  end_call(a, call, deny(EPERM));
}

static void rule_fcntl(assembler *a) {
  unsigned call = begin_call(a, SYS_fcntl);
  load(a, ARGUMENT(1));
  if_equal(a, F_GETFD, SECCOMP_RET_ALLOW);
  if_equal(a, F_SETFD, SECCOMP_RET_ALLOW);
  if_equal(a, F_GETFL, SECCOMP_RET_ALLOW);
  end_call(a, call, deny(EPERM));
}

static void rule_prctl(assembler *a) {
  unsigned call = begin_call(a, SYS_prctl);
  load(a, ARGUMENT(0));
  if_equal(a, PR_SET_NAME, SECCOMP_RET_ALLOW);
  if_equal(a, PR_GET_NAME, SECCOMP_RET_ALLOW);
  if_equal(a, 0x53564d41 /* PR_SET_VMA */, SECCOMP_RET_ALLOW);
  end_call(a, call, deny(EPERM));
}

/// Asking for limits, not changing them.
static void rule_prlimit(assembler *a) {
  unsigned call = begin_call(a, SYS_prlimit64);
  load(a, ARGUMENT(2));
  emit(a, BPF_JMP | BPF_JEQ | BPF_K, 0, 3, 0);
  load(a, ARGUMENT(2) + 4);
  if_equal(a, 0, SECCOMP_RET_ALLOW);
  end_call(a, call, deny(EPERM));
}

/// The loader looks at paths while it searches; Landlock does not mind, so this does not last.
static void rule_loader(assembler *a) {
#ifdef SYS_access
  if_equal(a, SYS_access, SECCOMP_RET_ALLOW);
  if_equal(a, SYS_readlink, SECCOMP_RET_ALLOW);
  if_equal(a, SYS_stat, SECCOMP_RET_ALLOW);
#endif
#ifdef SYS_newfstatat
  if_equal(a, SYS_newfstatat, SECCOMP_RET_ALLOW);
#endif
  if_equal(a, SYS_faccessat, SECCOMP_RET_ALLOW);
  if_equal(a, SYS_readlinkat, SECCOMP_RET_ALLOW);
  if_equal(a, SYS_getdents64, SECCOMP_RET_ALLOW);
  if_equal(a, SYS_mmap, SECCOMP_RET_ALLOW);
  if_equal(a, SYS_mprotect, SECCOMP_RET_ALLOW);
}

unsigned loading_filter(struct sock_filter *program) {
  assembler assembler = {program, 0}, *a = &assembler;
  begin(a);
  EACH(allowed, SECCOMP_RET_ALLOW);
  rule_loader(a);
  rule_clone(a);
  rule_openat(a);
  rule_sigaction(a);
  rule_tgkill(a);
  rule_fcntl(a);
  rule_prctl(a);
  rule_prlimit(a);
  EACH(unknown, deny(ENOSYS));
  EACH(forbidden, deny(EACCES));
  EACH(refused, deny(EPERM));
  EACH(hostile, SECCOMP_RET_TRAP);
  end(a, deny(ENOSYS));
  return a->length;
}

unsigned serving_filter(struct sock_filter *program) {
  assembler assembler = {program, 0}, *a = &assembler;
  begin(a);
  unsigned map = begin_call(a, SYS_mmap);
  load(a, ARGUMENT(2));
  if_any(a, PROT_EXEC, deny(EPERM));
  load(a, ARGUMENT(3));
  if_any(a, MAP_SHARED, deny(EPERM));
  end_call(a, map, SECCOMP_RET_ALLOW);
  unsigned protect = begin_call(a, SYS_mprotect);
  load(a, ARGUMENT(2));
  if_any(a, PROT_EXEC, deny(EPERM));
  end_call(a, protect, SECCOMP_RET_ALLOW);
  rule_newfstatat(a);
  if_equal(a, SYS_seccomp, deny(EPERM));
#ifdef SYS_access
  if_equal(a, SYS_access, deny(EACCES));
  if_equal(a, SYS_readlink, deny(EACCES));
  if_equal(a, SYS_stat, deny(EACCES));
#endif
  if_equal(a, SYS_faccessat, deny(EACCES));
  if_equal(a, SYS_readlinkat, deny(EACCES));
  end(a, SECCOMP_RET_ALLOW);
  return a->length;
}

int install_filter(build_filter build) {
  struct sock_filter program[FILTER_MAX];
  struct sock_fprog filter = {.len = (uint16_t)build(program), .filter = program};
  return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC,
                 &filter) == 0;
}

int can_filter_threads(void) {
  // With a filter that is none the kernel fails for that reason, if it knows the flag.
  return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, NULL) !=
             0 &&
         errno == EFAULT;
}

int fcntl_seal(int descriptor) {
  return fcntl(descriptor, F_ADD_SEALS,
               F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_FUTURE_WRITE | F_SEAL_SEAL) == 0;
}
