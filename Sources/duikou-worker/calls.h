/// The system calls whose answer does not depend on their arguments, in lists. Those that depend on
/// them stand in rules.h; whatever stands nowhere is answered like an absent one.
#ifndef WORKER_CALLS_H
#define WORKER_CALLS_H

#include "numbers.h"

#include <stdint.h>
#include <sys/syscall.h>

/// Calls that do no harm with any arguments.
static const uint32_t allowed[] = {
    // Memory and threads.
    SYS_brk,
    SYS_munmap,
    SYS_mremap,
    SYS_set_robust_list,
    SYS_rseq,
    SYS_gettid,
    SYS_getpid,
    SYS_sched_yield,
    SYS_sched_getaffinity,
    SYS_getcpu,
    // Time.
    SYS_nanosleep,
    SYS_gettimeofday,
    SYS_restart_syscall,
    SYS_times,
    // Signals to oneself.
    SYS_rt_sigprocmask,
    SYS_rt_sigreturn,
    SYS_sigaltstack,
    // What is open already: pipes to the host, and what Landlock lets it open.
    SYS_read,
    SYS_write,
    SYS_readv,
    SYS_writev,
    SYS_pread64,
    SYS_lseek,
    SYS_close,
    SYS_fstat,
    SYS_getdents64,
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
    // Questions.
    SYS_getrandom,
    SYS_uname,
    SYS_sysinfo,
    SYS_getrusage,
    SYS_getuid,
    SYS_geteuid,
    SYS_getgid,
    SYS_getegid,
    SYS_getcwd,
#if defined(__x86_64__)
    SYS_time,
    SYS_epoll_wait,
    SYS_poll,
#endif
};

/// Calls that libraries try, and do without where the kernel has none. All that stands in no list
/// is answered like these: a library's new call must not end a worker.
static const uint32_t absent[] = {
    CLONE3,           OPENAT2,        FACCESSAT2,     SYS_statx,         SYS_membarrier,
    SYS_memfd_create, IO_URING_SETUP, IO_URING_ENTER, IO_URING_REGISTER, SYS_userfaultfd,
};

/// Calls on paths and sockets, refused as to somebody who may not.
static const uint32_t forbidden[] = {
    SYS_socket,   SYS_socketpair, SYS_connect,   SYS_bind,     SYS_listen,    SYS_accept,
    SYS_accept4,  SYS_sendto,     SYS_recvfrom,  SYS_sendmsg,  SYS_recvmsg,   SYS_mkdirat,
    SYS_unlinkat, SYS_renameat,   SYS_renameat2, SYS_linkat,   SYS_symlinkat, SYS_mknodat,
    SYS_fchmodat, SYS_fchownat,   SYS_utimensat, SYS_truncate, SYS_chdir,     SYS_fchdir,
    SYS_statfs,   SYS_fstatfs,    SYS_setxattr,  SYS_getxattr, SYS_listxattr,
#if defined(__x86_64__)
    SYS_open,     SYS_creat,      SYS_mkdir,     SYS_rmdir,    SYS_unlink,    SYS_rename,
    SYS_link,     SYS_symlink,    SYS_mknod,     SYS_chmod,    SYS_chown,     SYS_lchown,
    SYS_utime,    SYS_utimes,     SYS_lstat,
#endif
};

/// Calls on this process, or others, that it must not make.
static const uint32_t refused[] = {
    SYS_kill,
    SYS_tkill,
    SYS_rt_sigqueueinfo,
    SYS_rt_tgsigqueueinfo,
    SYS_rt_sigtimedwait,
    SYS_wait4,
    SYS_waitid,
    SYS_setpriority,
    SYS_setrlimit,
    SYS_sched_setaffinity,
    SYS_sched_setscheduler,
    SYS_ioctl,
    SYS_dup,
    SYS_dup3,
    SYS_ftruncate,
    SYS_fallocate,
    SYS_fchmod,
    SYS_fchown,
    SYS_umask,
    SYS_mlock,
    SYS_mlockall,
#if defined(__x86_64__)
    SYS_fork,
    SYS_vfork,
    SYS_dup2,
#endif
};

/// Calls that nobody makes by mistake: the worker says which, and dies.
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
    SYS_chroot,
    SYS_pivot_root,
    SYS_bpf,
    SYS_perf_event_open,
    SYS_add_key,
    SYS_request_key,
    SYS_keyctl,
    SYS_setuid,
    SYS_setgid,
    SYS_setreuid,
    SYS_setregid,
    SYS_setresuid,
    SYS_setresgid,
    SYS_setgroups,
    SYS_capset,
    SYS_pidfd_open,
    SYS_pidfd_send_signal,
    PIDFD_GETFD,
    SYS_init_module,
    SYS_finit_module,
    SYS_kexec_load,
    SYS_reboot,
};

/// The loader looks at paths while it searches.
static const uint32_t looks[] = {
    SYS_newfstatat, SYS_faccessat, SYS_readlinkat,
#if defined(__x86_64__)
    SYS_stat,       SYS_access,    SYS_readlink,
#endif
};

#endif
