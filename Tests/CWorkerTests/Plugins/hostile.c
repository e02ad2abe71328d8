/// A plugin that tries to get out. Each attempt is true where it was refused; `loading` does the same
/// attempts while the library is loaded, when the sandbox has to let the loader do its work.
#define _GNU_SOURCE
#include "plugin.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/futex.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

// Calls that Debian's headers are too old for.
enum { IO_URING_SETUP = 425, CLONE3 = 435, OPENAT2 = 437, FUTEX_REQUEUE_CALL = 456 };

static dk_call *running; ///< NULL while the library is loaded

static pid_t host_process(void) {
  const char *text = getenv("DUIKOU_HOST");
  return text ? (pid_t)atoi(text) : 0;
}

// Files.

static int cannot_open(const char *path, int flags) {
  int file = open(path, flags, 0600);
  if (file >= 0)
    close(file);
  return file < 0;
}

static int reads_passwd(void) {
  struct {
    uint64_t flags, mode, resolve;
  } how = {O_RDONLY, 0, 0};
  return cannot_open("/etc/passwd", O_RDONLY) &&
         cannot_open("/usr/lib/../../etc/passwd", O_RDONLY) &&
         syscall(OPENAT2, AT_FDCWD, "/etc/passwd", &how, sizeof how) < 0;
}

static int writes_a_file(void) {
  return cannot_open("/tmp/duikou-hostile", O_CREAT | O_WRONLY) &&
         cannot_open("/tmp", O_TMPFILE | O_RDWR) &&
         cannot_open("/usr/lib/duikou-hostile", O_CREAT | O_WRONLY) &&
         mkdir("/tmp/duikou-hostile", 0700) < 0 && unlink("/etc/hostname") < 0 &&
         truncate("/etc/hostname", 0) < 0 && symlink("/", "/tmp/duikou-hostile") < 0;
}

static int reads_proc(void) {
  char path[64], tasks[64];
  snprintf(path, sizeof path, "/proc/%d/environ", host_process());
  snprintf(tasks, sizeof tasks, "/proc/self/task/%d/net/tcp", getpid());
  if (!cannot_open(path, O_RDONLY) || !cannot_open(tasks, O_RDONLY) ||
      !cannot_open("/proc/net/unix", O_RDONLY) ||
      !cannot_open("/proc/self/mem", O_RDWR) ||
      !cannot_open("/proc/self/maps", O_RDONLY) ||
      !cannot_open("/proc/self/mountinfo", O_RDONLY))
    return 0;
  // And from what is open already.
  for (int folder = 0; folder < 64; folder++)
    if (openat(folder, "mountinfo", O_RDONLY) >= 0 ||
        openat(folder, path + strlen("/proc/"), O_RDONLY) >= 0 ||
        openat(folder, "../../etc/passwd", O_RDONLY) >= 0)
      return 0;
  return 1;
}

/// A descriptor that is open for its path alone shows the state of a file that may not be read.
static int opens_a_path_alone(void) {
  return cannot_open("/etc/shadow", O_PATH);
}

static int asks_about_paths(void) {
  struct stat state;
  char link[64];
  return stat("/etc/shadow", &state) < 0 && lstat("/etc/shadow", &state) < 0 &&
         fstatat(AT_FDCWD, "/etc/shadow", &state, AT_EMPTY_PATH) < 0 &&
         syscall(SYS_statx, AT_FDCWD, "/etc/shadow", 0, 0xfff, link) < 0 &&
         access("/etc/shadow", F_OK) < 0 && readlink("/proc/self/exe", link, 64) < 0;
}

static int finds_the_hosts_folder(void) {
  char folder[4096];
  return !getcwd(folder, sizeof folder) || strcmp(folder, "/") == 0;
}

// The network.

static int connects(void) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(22)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int pair[2];
  return socket(AF_INET, SOCK_STREAM, 0) < 0 && socket(AF_INET, SOCK_DGRAM, 0) < 0 &&
         socket(AF_UNIX, SOCK_STREAM, 0) < 0 && socket(AF_NETLINK, SOCK_RAW, 0) < 0 &&
         socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0 &&
         connect(0, (struct sockaddr *)&address, sizeof address) < 0 && errno == EACCES;
}

// Processes.

/// A child ends at once.
static int has_no_child(long child) {
  if (child == 0)
    syscall(SYS_exit_group, 0);
  return child < 0;
}

static int forks(void) {
  struct {
    uint64_t flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls;
  } child = {.exit_signal = SIGCHLD};
  return has_no_child(fork()) && has_no_child(syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0)) &&
         has_no_child(syscall(SYS_clone, CLONE_PARENT | SIGCHLD, 0, 0, 0, 0)) &&
         has_no_child(syscall(CLONE3, &child, sizeof child));
}

static int signals_others(void) {
  return kill(host_process(), SIGKILL) < 0 && kill(host_process(), 0) < 0 &&
         kill(-1, SIGKILL) < 0 &&
         syscall(SYS_tgkill, host_process(), host_process(), SIGSEGV) < 0 &&
         syscall(SYS_tkill, host_process(), SIGKILL) < 0 &&
         syscall(SYS_rt_sigqueueinfo, host_process(), SIGUSR1, NULL) < 0;
}

static int stops_itself(void) {
  return kill(getpid(), SIGSTOP) < 0 && raise(SIGSTOP) != 0;
}

static int limits_the_host(void) {
  struct rlimit limit = {0, 0};
  return prlimit(host_process(), RLIMIT_AS, &limit, NULL) < 0 &&
         prlimit(host_process(), RLIMIT_AS, NULL, &limit) < 0 &&
         setpriority(PRIO_PROCESS, (id_t)host_process(), 19) < 0;
}

/// The clock of a process tells that it is there, and when it works. The host's own is one that anybody
/// may read.
static int reads_the_hosts_clock(void) {
  struct timespec time = {0, 0};
  for (unsigned which = 0; which < 3; which++) {
    clockid_t clock = (clockid_t)(~(unsigned)host_process() << 3 | which);
    if (clock_gettime(clock, &time) == 0 || errno != EINVAL ||
        clock_getres(clock, &time) == 0 ||
        clock_nanosleep(clock, TIMER_ABSTIME, &time, NULL) == 0)
      return 0;
  }
  return 1;
}

// What holds it.

static int raises_its_limits(void) {
  struct rlimit limit = {1 << 20, 1 << 20};
  return setrlimit(RLIMIT_NOFILE, &limit) < 0 &&
         prlimit(0, RLIMIT_DATA, &limit, NULL) < 0;
}

static int changes_its_handlers(void) {
  return signal(SIGSEGV, SIG_IGN) == SIG_ERR && signal(SIGSYS, SIG_IGN) == SIG_ERR &&
         signal(SIGABRT, SIG_DFL) == SIG_ERR &&
         signal(SIGRTMIN + 3, SIG_IGN) == SIG_ERR; // which asks where it is
}

static int changes_what_it_is(void) {
  return prctl(PR_SET_DUMPABLE, 1) < 0 && prctl(PR_SET_PDEATHSIG, 0) < 0 &&
         prctl(PR_SET_SECCOMP, 1) < 0 && prctl(PR_SET_TIMERSLACK, 1) < 0;
}

/// The host sleeps on a word that the worker can reach: nothing may take it from there, or make the
/// kernel refuse to wake it.
static int moves_the_hosts_waiter(void) {
  static uint32_t words[2];
  static const int moving[] = {
      FUTEX_REQUEUE,         FUTEX_CMP_REQUEUE,
      FUTEX_CMP_REQUEUE_PI,  FUTEX_WAKE_OP,
      FUTEX_LOCK_PI,         FUTEX_TRYLOCK_PI,
      FUTEX_WAKE_BITSET,     FUTEX_REQUEUE_PRIVATE,
      FUTEX_UNLOCK_PI,       FUTEX_CMP_REQUEUE_PRIVATE,
      FUTEX_WAIT_REQUEUE_PI, FUTEX_LOCK_PI | FUTEX_CLOCK_REALTIME};
  for (size_t i = 0; i < sizeof moving / sizeof *moving; i++)
    if (syscall(SYS_futex, &words[0], moving[i], 0, 1000L, &words[1], 0) >= 0 ||
        errno != ENOSYS)
      return 0;
  // The same call by itself, of newer kernels.
  struct {
    uint64_t value, address;
    uint32_t flags, reserved;
  } waiters[2] = {{0, (uintptr_t)&words[0], 2, 0}, {0, (uintptr_t)&words[1], 2, 0}};
  return syscall(FUTEX_REQUEUE_CALL, waiters, 0, 0, 1000) < 0 && errno == ENOSYS;
}

/// It could be told of its own calls, and answer them; or pretend that the second filter is on.
static int filters_its_calls(void) {
  struct sock_filter allow[] = {BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
  struct sock_fprog all = {1, allow};
  static const unsigned flags[] = {0, SECCOMP_FILTER_FLAG_TSYNC,
                                   SECCOMP_FILTER_FLAG_NEW_LISTENER};
  for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
    if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags[i], &all) >= 0 ||
        errno != EPERM)
      return 0;
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &all) < 0;
}

static int uses_the_kernels_rarities(void) {
  static char ring[120]; // what io_uring_setup is given, all zeros
  static _Alignas(4096) char page[4096];
  return syscall(IO_URING_SETUP, 8, ring) < 0 &&
         syscall(SYS_userfaultfd, 1 /* faults of this program only */) < 0 &&
         syscall(SYS_memfd_create, "a", 0) < 0 &&
         syscall(SYS_shmget, 0, 4096, 01600) < 0 &&
         madvise(page, sizeof page, MADV_MERGEABLE) < 0;
}

/// Calls that it may not make are answered alike, whatever they are given; with nothing right in it,
/// the kernel itself would say something else.
static int are_answered(const long *calls, size_t count, int reason) {
  for (size_t i = 0; i < count; i++)
    if (syscall(calls[i], -1, -1, -1, -1, -1, -1) >= 0 || errno != reason)
      return 0;
  return 1;
}

static int is_told_that_it_may_not(void) {
  static const long paths_and_sockets[] = {
    SYS_socket,
    SYS_socketpair,
    SYS_connect,
    SYS_bind,
    SYS_listen,
    SYS_accept4,
    SYS_sendto,
    SYS_recvfrom,
    SYS_sendmsg,
    SYS_recvmsg,
    SYS_mkdirat,
    SYS_unlinkat,
    SYS_renameat2,
    SYS_linkat,
    SYS_symlinkat,
    SYS_mknodat,
    SYS_fchmodat,
    SYS_fchownat,
    SYS_utimensat,
    SYS_truncate,
    SYS_chdir,
    SYS_fchdir,
    SYS_statfs,
    SYS_fstatfs,
    SYS_setxattr,
    SYS_getxattr,
    SYS_listxattr,
#if defined(__x86_64__)
    SYS_open,
    SYS_creat,
    SYS_mkdir,
    SYS_rmdir,
    SYS_unlink,
    SYS_rename,
    SYS_link,
    SYS_symlink,
    SYS_mknod,
    SYS_chmod,
    SYS_chown,
    SYS_lchown,
    SYS_utime,
    SYS_utimes,
    SYS_lstat,
#endif
  };
  static const long on_processes[] = {
    SYS_kill,
    SYS_tkill,
    SYS_rt_sigqueueinfo,
    SYS_rt_tgsigqueueinfo,
    SYS_wait4,
    SYS_waitid,
    SYS_setpriority,
    SYS_sched_setaffinity,
    SYS_ioctl,
    SYS_dup,
    SYS_dup3,
    SYS_sched_setscheduler,
    SYS_ftruncate,
    SYS_fallocate,
    SYS_fchmod,
    SYS_fchown,
    SYS_mlock,
    SYS_mlockall,
    SYS_setrlimit,
    SYS_rt_sigtimedwait,
#if defined(__x86_64__)
    SYS_dup2,
#endif
  };
  return are_answered(paths_and_sockets, DK_COUNT(paths_and_sockets), EACCES) &&
         are_answered(on_processes, DK_COUNT(on_processes), EPERM);
}

// New code.

static void *map(size_t size, int protection, int flags) {
  return mmap(NULL, size, protection, flags | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
}

static int maps_memory_to_write_and_run(void) {
  return map(4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE) == MAP_FAILED;
}

static int makes_its_data_run(void) {
  static _Alignas(4096) char data[4096];
  return mprotect(data, 4096, PROT_READ | PROT_EXEC) < 0;
}

static int maps_code(void) {
  int file = open("/lib64/ld-linux-x86-64.so.2", O_RDONLY);
  file = file < 0 ? open("/lib/ld-linux-aarch64.so.1", O_RDONLY) : file;
  void *code = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE, file, 0);
  return file >= 0 && code == MAP_FAILED;
}

static int loads_a_library(void) {
  return dlopen("libresolv.so.2", RTLD_NOW) == NULL;
}

// More than its share.

static int takes_a_gigabyte(void) {
  enum { MEBIBYTE = 1 << 20, MANY = 1024 };
  static char *taken[MANY];
  int got = 0;
  for (; got < MANY && (taken[got] = malloc(MEBIBYTE)); got++)
    taken[got][0] = 1;
  int refused = got < MANY;
  while (got > 0)
    free(taken[--got]);
  return refused;
}

static int maps_a_gigabyte(int flags) {
  size_t size = UINT64_C(1) << 30;
  void *at = map(size, PROT_READ | PROT_WRITE, flags);
  if (at != MAP_FAILED)
    munmap(at, size);
  return at == MAP_FAILED;
}

static int maps_private_memory(void) {
  return maps_a_gigabyte(MAP_PRIVATE);
}

static int maps_shared_memory(void) {
  return maps_a_gigabyte(MAP_SHARED);
}

/// A stack counts for another limit than other memory, and there may be many.
static int maps_stacks(void) {
  return maps_a_gigabyte(MAP_PRIVATE | MAP_GROWSDOWN);
}

static int maps_endless_address_space(void) {
  size_t size = UINT64_C(1) << 42;
  return map(size, PROT_READ, MAP_PRIVATE) == MAP_FAILED;
}

static void *sleeps(void *unused) {
  struct timespec for_long = {1000, 0};
  nanosleep(&for_long, NULL);
  return unused;
}

static int starts_threads_without_end(void) {
  pthread_attr_t small;
  pthread_attr_init(&small);
  pthread_attr_setstacksize(&small, 16384);
  int started = 0;
  for (pthread_t thread;
       started < 500 && pthread_create(&thread, &small, sleeps, NULL) == 0;)
    started++;
  return started < 500;
}

static int opens_pipes_without_end(void) {
  int opened = 0;
  for (int ends[2]; opened < 500 && pipe(ends) == 0;)
    opened++;
  return opened < 500;
}

// What the host lends it.

static void *page_of(const volatile void *at) {
  return (void *)((uintptr_t)at & ~(uintptr_t)4095);
}

static int unlocks_the_input(void) {
  return mprotect(page_of(running->image), 4096, PROT_READ | PROT_WRITE) < 0 &&
         madvise(page_of(running->image), 4096, MADV_REMOVE) < 0;
}

static int unlocks_the_hosts_page(void) {
  return mprotect(page_of(running->cancelled), 4096, PROT_READ | PROT_WRITE) < 0 &&
         madvise(page_of(running->cancelled), 4096, MADV_REMOVE) < 0;
}

/// Where the kernel can fix mappings, and the host has said so.
static int replaces_what_it_shares(void) {
  if (!getenv("DUIKOU_FIXED"))
    return 1;
  uint8_t *output = page_of(running->append(running, DK_PLACE, 1, NULL));
  uint8_t *const pages[] = {page_of(running->image), page_of(running->cancelled), output};
  for (size_t i = 0; i < DK_COUNT(pages); i++) {
    void *page = pages[i];
    if (mmap(page, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED,
             -1, 0) != MAP_FAILED ||
        mremap(page, 4096, 8192, MREMAP_MAYMOVE) != MAP_FAILED || munmap(page, 4096) == 0)
      return 0;
  }
  return 1;
}

// What ends it.

static int ends_as_the_machine_would(void) {
  _exit(71);
}

static int ends_its_thread_as_the_machine_would(void) {
  syscall(SYS_exit, 0x4740); // the kernel takes the low byte
  return 0;
}

static int writes_to_the_input(void) {
  *(volatile char *)(uintptr_t)running->image = 1;
  return 0;
}

static int writes_to_the_hosts_page(void) {
  *(volatile uint32_t *)(uintptr_t)running->cancelled = 1;
  return 0;
}

static int executes(void) {
  char *const arguments[] = {"/bin/true", NULL};
  execve("/bin/true", arguments, NULL);
  return 0;
}

static int traces_the_host(void) {
  ptrace(PTRACE_ATTACH, host_process(), 0, 0);
  return 0;
}

static int reads_the_hosts_memory(void) {
  struct iovec piece = {0};
  process_vm_readv(host_process(), &piece, 1, &piece, 1, 0);
  return 0;
}

static int writes_the_hosts_memory(void) {
  struct iovec piece = {0};
  process_vm_writev(host_process(), &piece, 1, &piece, 1, 0);
  return 0;
}

static int enters_a_namespace(void) {
  unshare(CLONE_NEWUSER);
  return 0;
}

static int becomes_root(void) {
  syscall(SYS_setuid, 0);
  return 0;
}

static int opens_the_host(void) {
  syscall(SYS_pidfd_open, host_process(), 0);
  return 0;
}

static int loads_a_kernel_program(void) {
  syscall(SYS_bpf, 0, NULL, 0);
  return 0;
}

#if defined(__x86_64__)
static int calls_as_32_bits(void) {
  __asm__ volatile("int $0x80" ::"a"(20) : "memory");
  return 0;
}

static int calls_as_x32(void) {
  syscall(0x40000000 + SYS_getpid);
  return 0;
}
#endif

/// One attempt. `when` is from when on it must be refused, or that it must end the worker: with a
/// signal, or with a report of the call.
typedef struct attempt {
  const char *name;
  int (*is_refused)(void);
  enum { FROM_LOADING, FROM_SERVING, DIES, REPORTS } when;
  int ending; ///< the signal's number or the call's
} attempt;

static const attempt attempts[] = {
    {"reads /etc/passwd", reads_passwd, FROM_LOADING, 0},
    {"writes a file", writes_a_file, FROM_LOADING, 0},
    {"reads what /proc tells", reads_proc, FROM_LOADING, 0},
    {"opens a path alone", opens_a_path_alone, FROM_LOADING, 0},
    {"asks about paths", asks_about_paths, FROM_SERVING, 0},
    {"finds the host's folder", finds_the_hosts_folder, FROM_LOADING, 0},
    {"connects to the loopback", connects, FROM_LOADING, 0},
    {"forks", forks, FROM_LOADING, 0},
    {"sends signals to others", signals_others, FROM_LOADING, 0},
    {"stops itself", stops_itself, FROM_LOADING, 0},
    {"reads the host's clock", reads_the_hosts_clock, FROM_LOADING, 0},
    {"changes the host's limits", limits_the_host, FROM_LOADING, 0},
    {"raises its limits", raises_its_limits, FROM_LOADING, 0},
    {"handles its own crashes", changes_its_handlers, FROM_LOADING, 0},
    {"changes what it is", changes_what_it_is, FROM_LOADING, 0},
    {"moves the host's waiter", moves_the_hosts_waiter, FROM_LOADING, 0},
    {"listens to its own calls", filters_its_calls, FROM_LOADING, 0},
    {"uses rarities of the kernel", uses_the_kernels_rarities, FROM_LOADING, 0},
    {"is told that it may not", is_told_that_it_may_not, FROM_LOADING, 0},
    {"maps memory to write and run", maps_memory_to_write_and_run, FROM_LOADING, 0},
    {"makes its data run", makes_its_data_run, FROM_SERVING, 0},
    {"maps code", maps_code, FROM_SERVING, 0},
    {"loads a library later", loads_a_library, FROM_SERVING, 0},
    {"takes a gigabyte", takes_a_gigabyte, FROM_LOADING, 0},
    {"maps a gigabyte", maps_private_memory, FROM_LOADING, 0},
    {"maps shared memory", maps_shared_memory, FROM_LOADING, 0},
    {"maps stacks", maps_stacks, FROM_LOADING, 0},
    {"maps address space without end", maps_endless_address_space, FROM_LOADING, 0},
    {"makes its input writable", unlocks_the_input, FROM_SERVING, 0},
    {"makes the host's page writable", unlocks_the_hosts_page, FROM_SERVING, 0},
    {"replaces what it shares", replaces_what_it_shares, FROM_SERVING, 0},
    {"opens pipes without end", opens_pipes_without_end, FROM_SERVING, 0},
    {"starts threads without end", starts_threads_without_end, FROM_SERVING, 0},
    {"writes to its input", writes_to_the_input, DIES, SIGSEGV},
    {"writes to the host's page", writes_to_the_hosts_page, DIES, SIGSEGV},
    {"executes a program", executes, REPORTS, SYS_execve},
    {"traces the host", traces_the_host, REPORTS, SYS_ptrace},
    {"reads the host's memory", reads_the_hosts_memory, REPORTS, SYS_process_vm_readv},
    {"writes the host's memory", writes_the_hosts_memory, REPORTS, SYS_process_vm_writev},
    {"enters a namespace", enters_a_namespace, REPORTS, SYS_unshare},
    {"becomes root", becomes_root, REPORTS, SYS_setuid},
    {"opens the host", opens_the_host, REPORTS, SYS_pidfd_open},
    {"loads a program into the kernel", loads_a_kernel_program, REPORTS, SYS_bpf},
    {"ends as the machine would", ends_as_the_machine_would, REPORTS, SYS_exit_group},
    {"ends its thread as the machine would", ends_its_thread_as_the_machine_would,
     REPORTS, SYS_exit},
#if defined(__x86_64__)
    {"calls the kernel as 32 bits do", calls_as_32_bits, DIES, SIGSYS},
    {"calls the kernel as x32 does", calls_as_x32, DIES, SIGSYS},
#endif
};

enum { MANY = DK_COUNT(attempts) };
static int got_while_loading[MANY];

__attribute__((constructor)) static void try_while_loading(void) {
  for (uint32_t i = 0; i < MANY; i++)
    if (attempts[i].when == FROM_LOADING)
      got_while_loading[i] = !attempts[i].is_refused();
}

static dk_status attempt_it(void *self, dk_call *call) {
  (void)self;
  running = call;
  uint32_t i = (uint32_t)(call->method->media[0] - '!');
  if (got_while_loading[i])
    return call->fail(call, DK_ALREADY_EXISTS, "while it was loaded", 19);
  if (attempts[i].is_refused())
    return DK_PERMISSION_DENIED;
  return DK_OK;
}

static dk_method methods[MANY];

#define ID      "cn.example.hostile"
#define VERSION "1.0.0"

static const dk_plugin plugin = {.size = sizeof(dk_plugin),
                                 .id = ID,
                                 .version = VERSION,
                                 .methods = methods,
                                 .method_count = MANY,
                                 .method_stride = sizeof(dk_method)};

DK_NOTE(ID, VERSION);

DK_EXPORT const dk_plugin *duikou_plugin_v1(const dk_host *host) {
  (void)host;
  static char numbers[MANY][2], outcomes[MANY][24];
  static const char *const formats[] = {"is refused", "is refused", "dies of %d",
                                        "reports %d"};
  for (uint32_t i = 0; i < MANY; i++) {
    numbers[i][0] = (char)('!' + i);
    const attempt *a = &attempts[i];
    snprintf(outcomes[i], sizeof outcomes[i], formats[a->when], a->ending);
    methods[i] = (dk_method)METHOD(a->name, outcomes[i], attempt_it);
    methods[i].media = numbers[i];
  }
  return &plugin;
}
