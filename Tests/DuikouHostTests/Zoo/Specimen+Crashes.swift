import Foundation

extension Specimen {
  /// Plugins that crash, end themselves, or do not end.
  static let crashes: [Specimen] = [
    .crash("reads at NULL", "SIGSEGV during a call in run", "*(volatile int *)0"),
    .crash("writes at NULL", "SIGSEGV", "*(volatile int *)0 = 1"),
    .crash("writes to its own code", "SIGSEGV", "*(volatile char *)run = 0"),
    .crash("reads far away", "SIGSEGV", "*(volatile int *)0x7000deadbeef"),
    .crash("calls NULL", "SIGSEGV", "((void (*volatile)(void))0)()"),
    .crash(
      "jumps into its data", "SIGSEGV", before: "static char data[64];", "((void (*)(void))data)()"),
    .crash("aborts", "SIGABRT", "abort()"),
    .crash("traps", "SIGILL", "__builtin_trap()"),
    .crash("divides by zero", "SIGFPE", "volatile int zero = 0, seven = 7; zero = seven / zero"),
    .crash(
      "uses up its stack", "SIGSEGV",
      before:
        "static int deep(volatile char *up) { volatile char a[4096]; a[0] = *up; return deep(a) + a[0]; }",
      "char c = 0; deep(&c)"),
    .crash(
      "smashes its stack", "SIG",
      before:
        "static void smash(void) { volatile char a[8]; for (int i = 0; i < 4096; i++) a[i] = 'x'; }",
      "smash()"),
    .crash(
      "loses its stack pointer", "SIGSEGV",
      "__asm__ volatile(\"mov $0x1000, %rsp; push %rax\")"),
    .crash("frees twice", "SIGABRT", "char *a = malloc(64); free(a); free(a)"),
    .crash(
      "ruins its heap", "SIG",
      "char *a = malloc(64); memset(a - 64, 0xff, 4096); for (int i = 0; i < 1000; i++) free(malloc(i * 16)); free(a)"
    ),
    .crash(
      "crashes on a thread of its own", "on a thread of its own",
      before: "static void *die(void *a) { *(volatile int *)0; return a; }",
      "pthread_t t; pthread_create(&t, NULL, die, NULL); pthread_join(t, NULL)"),
    .crash(
      "uses up the stack of a thread", "SIGSEGV",
      before: """
        static int deep(volatile char *up) { volatile char a[4096]; a[0] = *up; return deep(a) + a[0]; }
        static void *die(void *a) { char c = 0; deep(&c); return a; }
        """, "pthread_t t; pthread_create(&t, NULL, die, NULL); pthread_join(t, NULL)"),
    .crash(
      "crashes in a function whose name moves the cursor", "in go=x [2J FORGED+",
      before: #"""
        static void forged(void) __asm__("\"go=x\x1b[2J\rFORGED\"");
        static void forged(void) { *(volatile int *)0; }
        """#, "forged()"),
    .crash(
      "aborts in the middle of a line", "it last wrote: half", #"write(1, "half", 4); abort()"#),
    .crash("exits", "status 0", "exit(0)"),
    .crash("exits at once", "status 3", "_exit(3)"),
    .crash(
      "exits on a thread", "status 4", before: "static void *die(void *a) { exit(4); return a; }",
      "pthread_t t; pthread_create(&t, NULL, die, NULL); pthread_join(t, NULL)"),
    .crash("ends its thread", "", "pthread_exit(NULL)"),
    .crash("writes to its image", "SIGSEGV", "*(volatile char *)call->image = 0"),
    .crash("writes to the text", "SIGSEGV", "*(volatile char *)dk_text(call->image) = 0"),
    .crash("sets its own cancel word", "SIGSEGV", "*(volatile uint32_t *)call->cancelled = 1"),
  ]

  /// Plugins that keep their caller waiting.
  static let hangs: [Specimen] = [
    .hang("loops", "for (volatile int i = 0;; i++) {}"),
    .hang("pauses", "for (;;) pause()"),
    .hang("sleeps", "sleep(1000)"),
    .hang(
      "loops with all signals blocked",
      "sigset_t s; sigfillset(&s); sigprocmask(SIG_SETMASK, &s, 0); for (;;) {}"),
    .hang(
      "waits for itself", before: "static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;",
      "pthread_mutex_lock(&m); pthread_mutex_lock(&m)"),
    .hang(
      "waits for a thread that loops",
      before: "static void *loop(void *a) { for (;;) {} return a; }",
      "pthread_t t; pthread_create(&t, NULL, loop, NULL); pthread_join(t, NULL)"),
    .hang("reads from a pipe that nobody fills", "int p[2]; char c; pipe(p); read(p[0], &c, 1)"),
    .hang(
      "stops itself in a loop of signals", before: "static void again(int s) { raise(s); }",
      "for (;;) { signal(SIGUSR1, again); }"),
    .hang("appends and forgets to end", "for (;;) { if (!call->scratch(call, 16)) for (;;) {} }"),
    .hang("tells progress for ever", "for (uint64_t i = 0;; i++) call->progress(call, i, i)"),
  ]
}
