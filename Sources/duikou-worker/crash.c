#define _GNU_SOURCE
#include "crash.h"
#include "modules.h"
#include "trap.h"

#include <errno.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

enum { STACK_SIZE = 64 << 10 };

static dkr_worker_page *page;
static pid_t process;
static __thread void *signal_stack;

static const int crashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP};

static uint64_t program_counter(const ucontext_t *context) {
#if defined(__x86_64__)
  return (uint64_t)context->uc_mcontext.gregs[REG_RIP];
#elif defined(__aarch64__)
  return context->uc_mcontext.pc;
#endif
}

/// Fills a record from the signal's own data, and says that it is there before anything else: what
/// is looked at for the module may be broken too.
static void record(dkr_crash *to, int signal, const siginfo_t *info,
                   const ucontext_t *context) {
  pid_t thread = (pid_t)syscall(SYS_gettid);
  // A signal that somebody has sent has the sender in its place.
  uint64_t address = info->si_code > 0 ? (uint64_t)(uintptr_t)info->si_addr : 0;
  *to = (dkr_crash){.signal = (uint32_t)signal,
                    .code = signal == SIGSYS ? info->si_syscall : info->si_code,
                    .address = address,
                    .pc = program_counter(context),
                    .thread = thread == process ? 0 : (uint32_t)thread};
  find_module(to);
}

static void on_crash(int signal, siginfo_t *info, void *context) {
  if (page->crash.signal == 0)
    record(&page->crash, signal, info, context);
  // Nobody handles it any more, so it ends the process: also where the instruction behind it would
  // go on, as it does behind a breakpoint and a signal that was sent.
  syscall(SYS_tgkill, process, (pid_t)syscall(SYS_gettid), signal);
}

static void on_forbidden_call(int signal, siginfo_t *info, void *context) {
  if (answer_trap(info, context))
    return;
  if (page->crash.signal == 0)
    record(&page->crash, signal, info, context);
  syscall(SYS_exit_group, 128 + SIGSYS);
}

static void on_where(int signal, siginfo_t *info, void *context) {
  int saved = errno;
  record(&page->sample, signal, info, context);
  errno = saved;
}

void add_signal_stack(void) {
  // The page below catches a handler that needs more.
  uint8_t *at = mmap(NULL, STACK_SIZE + DKR_PAGE_SIZE, PROT_NONE,
                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (at == MAP_FAILED)
    return;
  mprotect(at + DKR_PAGE_SIZE, STACK_SIZE, PROT_READ | PROT_WRITE);
  stack_t stack = {.ss_sp = at + DKR_PAGE_SIZE, .ss_size = STACK_SIZE};
  sigaltstack(&stack, NULL);
  signal_stack = at;
}

void remove_signal_stack(void) {
  stack_t none = {.ss_flags = SS_DISABLE};
  sigaltstack(&none, NULL);
  if (signal_stack)
    munmap(signal_stack, STACK_SIZE + DKR_PAGE_SIZE);
  signal_stack = NULL;
}

static void handle(int signal, void (*handler)(int, siginfo_t *, void *), int flags) {
  struct sigaction action = {.sa_sigaction = handler,
                             .sa_flags = SA_SIGINFO | SA_ONSTACK | flags};
  sigaction(signal, &action, NULL);
}

void watch_crashes(dkr_worker_page *to) {
  page = to;
  process = getpid();
  open_modules();
  add_signal_stack();
  for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++)
    handle(crashes[i], on_crash, (int)SA_RESETHAND | SA_NODEFER);
  handle(SIGSYS, on_forbidden_call, SA_NODEFER | SA_RESTART);
  handle(dkr_where_signal(), on_where, SA_RESTART);
}
