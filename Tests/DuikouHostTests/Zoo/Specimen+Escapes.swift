import DuikouModel
import Foundation

extension Specimen {
  private static let host = "\(getpid())"

  /// Plugins that try to reach beyond their worker, and are refused.
  static let escapes: [Specimen] = [
    // Files.
    .refused("reads /etc/passwd", "open(\"/etc/passwd\", O_RDONLY) < 0"),
    .refused("reads /etc/passwd through stdio", "fopen(\"/etc/passwd\", \"r\") == NULL"),
    .refused("reads through a path of dots", "open(\"/usr/lib/../../etc/passwd\", O_RDONLY) < 0"),
    .refused(
      "reads with openat2",
      "uint64_t how[3] = {O_RDONLY}; syscall(437, AT_FDCWD, \"/etc/passwd\", how, sizeof how) < 0"
        .asCondition),
    .refused("makes a file", "open(\"/tmp/duikou-specimen\", O_CREAT | O_WRONLY, 0600) < 0"),
    .refused("makes a file in memory", "syscall(SYS_memfd_create, \"a\", 0) < 0"),
    .refused("makes a folder", "mkdir(\"/tmp/duikou-specimen-folder\", 0700) < 0"),
    .refused("removes a file", "unlink(\"/tmp/duikou-absent\") < 0", with: "EACCES"),
    .refused(
      "renames a file", "rename(\"/tmp/duikou-absent\", \"/tmp/duikou-absent2\") < 0",
      with: "EACCES"),
    .refused("makes a link", "symlink(\"/etc/passwd\", \"/tmp/duikou-specimen-link\") < 0"),
    .refused("changes a mode", "chmod(\"/tmp/duikou-absent\", 0777) < 0", with: "EACCES"),
    .refused(
      "asks whether a path is there", "struct stat s; stat(\"/etc/passwd\", &s) < 0".asCondition),
    .refused("asks for access", "access(\"/etc/passwd\", R_OK) < 0"),
    .refused("follows a link", "char b[64]; readlink(\"/proc/self/exe\", b, 64) < 0".asCondition),
    .refused("lists the root", "opendir(\"/\") == NULL"),
    .refused("goes to the root", "chdir(\"/\") < 0"),
    .refused("opens its memory", "open(\"/proc/self/mem\", O_RDWR) < 0"),
    .refused("reads its mappings", "open(\"/proc/self/maps\", O_RDONLY) < 0"),
    .refused("reads the host's environment", "open(\"/proc/\(host)/environ\", O_RDONLY) < 0"),
    .refused("opens the host's memory", "open(\"/proc/\(host)/mem\", O_RDWR) < 0"),
    .refused("opens a device", "open(\"/dev/zero\", O_RDONLY) < 0"),
    .refused("watches files", "syscall(SYS_inotify_init1, 0) < 0"),
    // The network.
    .refused("makes an internet socket", "socket(AF_INET, SOCK_STREAM, 0) < 0"),
    .refused("makes a Unix socket", "socket(AF_UNIX, SOCK_STREAM, 0) < 0"),
    .refused("makes a netlink socket", "socket(AF_NETLINK, SOCK_RAW, 0) < 0"),
    .refused(
      "makes a pair of sockets", "int p[2]; socketpair(AF_UNIX, SOCK_STREAM, 0, p) < 0".asCondition),
    .refused(
      "connects to the loopback",
      "struct sockaddr_in a = {AF_INET, htons(22), {htonl(0x7f000001)}}; connect(0, (void *)&a, sizeof a) < 0"
        .asCondition, with: "EACCES"),
    // Processes.
    .refused("forks", "fork() < 0"),
    .refused("forks as the kernel does", "syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0) < 0"),
    .refused(
      "forks in the new way",
      "uint64_t a[8] = {[4] = SIGCHLD}; long child = syscall(435, a, sizeof a); if (!child) _exit(0); child < 0"
        .asCondition),
    .refused("starts a shell", "system(\"true\") != 0"),
    .refused("ends the host", "kill(\(host), SIGKILL) < 0"),
    .refused("asks whether the host is there", "kill(\(host), 0) < 0"),
    .refused("ends everything", "kill(-1, SIGKILL) < 0"),
    .refused("ends a thread of the host", "syscall(SYS_tgkill, \(host), \(host), SIGKILL) < 0"),
    .refused(
      "queues a signal for the host",
      "siginfo_t s = {.si_signo = SIGURG, .si_code = SI_QUEUE}; syscall(SYS_rt_sigqueueinfo, \(host), SIGURG, &s) < 0"
        .asCondition),
    .refused("stops itself", "kill(getpid(), SIGSTOP) < 0"),
    .refused("raises a signal", "raise(SIGTERM) != 0"),
    .refused("slows the host down", "setpriority(PRIO_PROCESS, \(host), 19) < 0"),
    .refused(
      "takes the host's memory away",
      "struct rlimit l = {0, 0}; prlimit(\(host), RLIMIT_AS, &l, NULL) < 0".asCondition),
    .refused(
      "moves the host to another core",
      "cpu_set_t s; sched_getaffinity(0, sizeof s, &s); sched_setaffinity(\(host), sizeof s, &s) < 0"
        .asCondition),
    .refused(
      "waits for processes", "wait(NULL) < 0", with: "EPERM", before: "#include <sys/wait.h>\n"),
    // New code and shared memory.
    .refused(
      "maps memory to run",
      "mmap(0, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED"),
    .refused(
      "maps memory to write and run",
      "mmap(0, 4096, 7, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED"),
    .refused(
      "makes its heap run", "mprotect((void *)((uintptr_t)malloc(8192) & ~4095ul), 4096, 7) < 0"),
    .refused(
      "makes its code writable to run", "mprotect((void *)((uintptr_t)run & ~4095ul), 4096, 7) < 0"),
    .refused("shares memory", "mmap(0, 4096, 3, MAP_SHARED | MAP_ANONYMOUS, -1, 0) == MAP_FAILED"),
    .refused("loads a library later", "dlopen(\"libresolv.so.2\", RTLD_NOW) == NULL"),
    .refused("makes its image writable", "mprotect((void *)call->image, 4096, 3) < 0"),
    .refused("uses the old shared memory", "syscall(SYS_shmget, 0, 4096, 01600) < 0"),
    .refused("catches page faults", "syscall(SYS_userfaultfd, 0) < 0", with: "ENOSYS"),
    // What holds it.
    .refused("handles its own crashes", "signal(SIGSEGV, SIG_IGN) == SIG_ERR"),
    .refused("becomes dumpable", "prctl(PR_SET_DUMPABLE, 1) < 0"),
    .refused("outlives the host", "prctl(PR_SET_PDEATHSIG, 0) < 0"),
    .refused("filters its own calls", "syscall(SYS_seccomp, 1, 0, 0) < 0", with: "EPERM"),
    .refused(
      "sets its limits",
      "struct rlimit l; getrlimit(RLIMIT_NOFILE, &l); setrlimit(RLIMIT_NOFILE, &l) < 0".asCondition),
    .refused("takes the host's pipe for another", "dup2(2, 1) < 0"),
    .refused("asks the terminal", "ioctl(0, TIOCSTI, \"x\") < 0", with: "EPERM"),
    .refused("uses rings of the kernel", "syscall(425, 8, 0) < 0", with: "ENOSYS"),
    .refused("locks memory", "mlock((void *)run, 4096) < 0"),
    // More than its share.
    .refused(
      "takes a gigabyte",
      "({ size_t got = 0; for (char *p; got < 1024 && (p = malloc(1 << 20)); got++) *p = 1; got < 1024; })"
    ),
    .refused(
      "maps a gigabyte", "mmap(0, 1 << 30, 3, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED"),
    .refused(
      "starts threads without end",
      "({ int n = 0; pthread_t t; while (n < 500 && pthread_create(&t, NULL, wait_for_ever, NULL) == 0) n++; n < 500; })",
      before: "static void *wait_for_ever(void *a) { for (;;) pause(); return a; }\n"),
    .refused(
      "opens pipes without end",
      "({ int n = 0, p[2]; while (n < 500 && pipe(p) == 0) n++; n < 500; })"),
    .refused(
      "asks for endless scratch",
      "({ int n = 0; while (n < 5000 && call->scratch(call, 1 << 20)) n++; n < 5000; })"
    ).with(codes: [.permissionDenied, .resourceExhausted], word: ""),
    // What the worker is ended for.
    .trapped("runs a program", "execve(\"/bin/true\", NULL, NULL)"),
    .trapped("traces the host", "ptrace(PTRACE_ATTACH, \(host), 0, 0)"),
    .trapped(
      "reads the host's memory",
      "struct iovec v = {0, 0}; process_vm_readv(\(host), &v, 1, &v, 1, 0)"),
    .trapped(
      "writes the host's memory",
      "struct iovec v = {0, 0}; process_vm_writev(\(host), &v, 1, &v, 1, 0)"),
    .trapped("mounts", "syscall(SYS_mount, \"a\", \"/\", \"tmpfs\", 0, 0)"),
    .trapped("enters a namespace", "unshare(CLONE_NEWUSER)"),
    .trapped("becomes root", "syscall(SYS_setuid, 0)"),
    .trapped("changes its root", "chroot(\"/tmp\")"),
    .trapped("loads a program into the kernel", "syscall(SYS_bpf, 0, 0, 0)"),
    .trapped("counts what others do", "syscall(SYS_perf_event_open, 0, 0, 0, 0, 0)"),
    .trapped("takes keys", "syscall(SYS_keyctl, 0, 0, 0, 0, 0)"),
    .trapped("opens the host", "syscall(434, \(host), 0)"),
    .trapped("restarts the machine", "syscall(SYS_reboot, 0, 0, 0, 0)"),
    .crash(
      "calls the kernel in the old way", "SIGSYS", "__asm__ volatile(\"int $0x80\" ::\"a\"(20))"),
  ]

  /// The same with other outcomes.
  private func with(codes: [StatusCode], word: String) -> Specimen {
    var specimen = self
    specimen.codes = codes
    specimen.word = word
    return specimen
  }
}

extension String {
  /// Statements and a last expression, as one expression.
  fileprivate var asCondition: String { "({ \(self); })" }
}
