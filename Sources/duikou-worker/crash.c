#define _GNU_SOURCE
#include "crash.h"

#include <errno.h>
#include <link.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

enum { STACK_SIZE = 64 << 10, MODULES_MAX = 128 };

/// A mapped library.
typedef struct module {
  uint64_t start, end, base;
  uint32_t is_plugin;
  char name[64];
} module;

static dkr_worker_page *page;
static module modules[MODULES_MAX];
static uint32_t module_count;
static pid_t main_thread;
static __thread void *signal_stack;

static const int crashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS};

static uint64_t program_counter(const ucontext_t *context) {
#if defined(__x86_64__)
  return (uint64_t)context->uc_mcontext.gregs[REG_RIP];
#elif defined(__aarch64__)
  return context->uc_mcontext.pc;
#else
  return 0;
#endif
}

/// Fills a record from the signal's own data and the table: a crashed process can be trusted with
/// nothing else.
static void record(dkr_crash *to, int signal, const siginfo_t *info,
                   const void *context) {
  dkr_crash crash = {.code = signal == SIGSYS ? info->si_syscall : info->si_code,
                     .address = (uint64_t)(uintptr_t)info->si_addr,
                     .pc = program_counter(context)};
  pid_t thread = (pid_t)syscall(SYS_gettid);
  crash.thread = thread == main_thread ? 0 : (uint32_t)thread;
  for (uint32_t i = 0; i < module_count; i++) {
    if (crash.pc < modules[i].start || crash.pc >= modules[i].end)
      continue;
    crash.offset = crash.pc - modules[i].base;
    crash.is_plugin = modules[i].is_plugin;
    memcpy(crash.module, modules[i].name, sizeof crash.module);
    break;
  }
  *to = crash;
  to->signal = (uint32_t)signal;
}

static void on_crash(int signal, siginfo_t *info, void *context) {
  if (page->crash.signal == 0)
    record(&page->crash, signal, info, context);
  // A forbidden system call would just go on; every other cause strikes again, unhandled.
  if (signal == SIGSYS)
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

void watch_crashes(dkr_worker_page *to) {
  page = to;
  main_thread = (pid_t)syscall(SYS_gettid);
  add_signal_stack();
  struct sigaction action = {.sa_sigaction = on_crash,
                             .sa_flags =
                                 SA_SIGINFO | SA_ONSTACK | SA_RESETHAND | SA_NODEFER};
  for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++)
    sigaction(crashes[i], &action, NULL);
  struct sigaction where = {.sa_sigaction = on_where,
                            .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART};
  sigaction(dkr_where_signal(), &where, NULL);
}

static int note_module(struct dl_phdr_info *info, size_t size, void *plugin) {
  (void)size;
  if (module_count == MODULES_MAX)
    return 1;
  module *m = &modules[module_count];
  *m = (module){.start = UINT64_MAX, .base = info->dlpi_addr};
  for (int i = 0; i < info->dlpi_phnum; i++) {
    const ElfW(Phdr) *header = &info->dlpi_phdr[i];
    if (header->p_type != PT_LOAD)
      continue;
    uint64_t start = info->dlpi_addr + header->p_vaddr, end = start + header->p_memsz;
    m->start = start < m->start ? start : m->start;
    m->end = end > m->end ? end : m->end;
  }
  uint64_t at = (uint64_t)(uintptr_t)plugin;
  m->is_plugin = at >= m->start && at < m->end;
  const char *slash = strrchr(info->dlpi_name, '/');
  strncpy(m->name, slash ? slash + 1 : info->dlpi_name, sizeof m->name - 1);
  module_count++;
  return 0;
}

void note_modules(const void *plugin) {
  module_count = 0;
  dl_iterate_phdr(note_module, (void *)(uintptr_t)plugin);
}
