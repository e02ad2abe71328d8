#define _GNU_SOURCE
#include "sandbox.h"
#include "duikou_worker.h"
#include "filter.h"
#include "landlock.h"
#include "numbers.h"
#include "user.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static const rlim_t memory_limit = 768u << 20;
static const rlim_t threads_limit = 64, shared_threads_limit = 4096;
static const rlim_t address_limit = UINT64_C(16) << 30;

/// Whether Landlock says which files may be opened.
static int files_are_closed;

static void note(protections *found, const char *name, protection_state state,
                 const char *format, ...) {
  if (found->count == PROTECTIONS_MAX)
    return;
  protection *p = &found->list[found->count++];
  *p = (protection){.name = name, .state = state};
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(p->detail, sizeof p->detail, format, arguments);
  va_end(arguments);
}

static void note_plainly(protections *found, const char *name, int holds,
                         const char *detail, const char *otherwise) {
  note(found, name, holds ? PROTECTION_YES : PROTECTION_NO, "%s",
       holds ? detail : otherwise);
}

/// The worker ends with the host's thread that started it. A host that is gone already will never
/// tell: then there is nobody to serve.
static void follow_host(const sandbox_options *options, protections *found) {
  int set = prctl(PR_SET_PDEATHSIG, SIGKILL) == 0;
  if (getppid() != options->host)
    _exit(DKR_EXIT_ORPHAN);
  note_plainly(found, "pdeathsig", set, "the worker ends with the host", strerror(errno));
}

/// Lowers a limit; one that is lower already may stay. Returns 0 where the kernel refuses.
static int lower(int resource, rlim_t to) {
  struct rlimit limit;
  if (getrlimit((__rlimit_resource_t)resource, &limit) != 0)
    return 0;
  if (limit.rlim_max > to)
    limit.rlim_max = to;
  limit.rlim_cur = limit.rlim_max;
  return setrlimit((__rlimit_resource_t)resource, &limit) == 0;
}

static void limit_resources(const sandbox_options *options, user_kind user,
                            protections *found) {
  // Writing beyond the limit, and to a host that does not listen, is to fail, not to end the worker.
  signal(SIGXFSZ, SIG_IGN);
  signal(SIGPIPE, SIG_IGN);
  // Memory that is only read counts as address space alone, but its tables are the kernel's. What is
  // shared with the host counts for none of these: see dkr_channel_held.
  const struct {
    int resource;
    rlim_t limit;
  } limits[] = {{RLIMIT_CORE, 0},
                {RLIMIT_FSIZE, 0},
                {RLIMIT_NOFILE, 64},
                {RLIMIT_DATA, memory_limit},
                {RLIMIT_AS, address_limit + options->shared_size},
                {RLIMIT_STACK, 8u << 20},
                {RLIMIT_MEMLOCK, 0},
                {RLIMIT_MSGQUEUE, 0}};
  int refused = 0;
  for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
    refused += !lower(limits[i].resource, limits[i].limit);
  // Threads are counted by user: with all that the host's user runs among them, a limit for one worker
  // would hit the first thread that it starts.
  refused +=
      !lower(RLIMIT_NPROC, user == USER_SHARED ? shared_threads_limit : threads_limit);
  if (refused)
    note(found, "rlimits", PROTECTION_PARTIAL, "%d of the limits are refused", refused);
  else if (user == USER_SHARED || user == USER_COMMON)
    note(found, "rlimits", PROTECTION_PARTIAL, "threads are counted with those of %s",
         user == USER_SHARED ? "the host's user" : "other workers");
  else
    note(found, "rlimits", PROTECTION_YES,
         "768 MiB of memory besides what is shared, 64 files, 64 threads, no core");
}

static user_kind become_nobody(const sandbox_options *options, protections *found) {
  user_kind user = change_user(options->uid);
  switch (user) {
  case USER_OWN:
    note(found, "uid", PROTECTION_YES, "user %u, without groups", options->uid);
    break;
  case USER_NAMESPACE:
    note(found, "uid", PROTECTION_YES, "user %u in a user namespace of its own",
         getuid());
    break;
  case USER_COMMON:
    note(found, "uid", PROTECTION_PARTIAL,
         "user %u, as other workers: user namespaces are not allowed here", options->uid);
    break;
  case USER_UNMAPPED:
    note(found, "uid", PROTECTION_PARTIAL, "a user namespace without a map");
    break;
  case USER_SHARED:
    note(found, "uid", PROTECTION_NO,
         "the host's own user: user namespaces are not allowed here");
  }
  return user;
}

/// When memory runs out, the kernel is to take a worker and not the host.
static void offer_to_the_kernel(void) {
  int file = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
  if (file < 0)
    return;
  ssize_t written = write(file, "500", 3);
  (void)written;
  close(file);
}

static void give_up_privileges(protections *found) {
  int given = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
  note_plainly(found, "no-new-privs", given, "setuid programs give nothing",
               strerror(errno));
  // Code comes from files that are mapped to be run, never from memory that was written to. Kernels
  // before 6.3 have only the filter for that.
  prctl(PRCTL_SET_MDWE, MDWE_REFUSE_EXEC_GAIN, 0, 0, 0);
}

static void close_files(const sandbox_options *options, protections *found) {
  int version = landlock_version();
  files_are_closed =
      version > 0 && enter_landlock(version, options->libraries, options->library_count);
  if (files_are_closed)
    note(found, "landlock", PROTECTION_YES,
         "version %d: the libraries can be read, nothing else", version);
  else
    note(found, "landlock", PROTECTION_NO,
         "not in this kernel: after loading, no file can be opened");
}

/// Notes whether the kernel will close them, and leaves that to the end: see enter_sandbox.
static void try_filters(protections *found) {
  note_plainly(found, "seccomp", can_filter_calls(), "a list of allowed system calls",
               "not in this kernel");
  note_plainly(found, "seccomp-tsync", can_filter_threads(), "all threads at once",
               "not in this kernel");
}

static int can_seal(void) {
  int file = memfd_create("probe", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  int sealed = fcntl(file, F_ADD_SEALS,
                     F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_FUTURE_WRITE | F_SEAL_SEAL);
  if (file >= 0)
    close(file);
  return sealed == 0;
}

static int can_open_process(void) {
  int pidfd = (int)syscall(SYS_pidfd_open, getpid(), 0);
  if (pidfd >= 0)
    close(pidfd);
  return pidfd >= 0;
}

static int can_fix_mapping(void) {
  void *page = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return page != MAP_FAILED && syscall(MSEAL, page, 4096, 0) == 0;
}

/// What the host relies on.
static void try_kernel(protections *found) {
  note_plainly(found, "memfd-seals", can_seal(), "the host's pages can only be read",
               "the host's pages cannot be sealed");
  note_plainly(found, "pidfd", can_open_process(), "signals reach the worker alone",
               "not in this kernel");
  note_plainly(found, "mseal", can_fix_mapping(), "shared mappings cannot be replaced",
               "not in this kernel; answers are checked all the same");
}

/// All but what closes the system calls.
static void put_on(const sandbox_options *options, protections *found) {
  found->count = 0;
  umask(077);
  try_kernel(found);
  offer_to_the_kernel();
  // A new namespace takes the limits of its maker for its own, so they come behind.
  user_kind user = become_nobody(options, found);
  limit_resources(options, user, found);
  // Changing the user forgets the one and may undo the other, so they come behind.
  follow_host(options, found);
  prctl(PR_SET_DUMPABLE, 0);
  give_up_privileges(found);
  close_files(options, found);
  // The host's folder is nobody's business either.
  if (chdir("/") != 0)
    _exit(DKR_EXIT_SANDBOX);
  try_filters(found);
}

static protection *find(protections *found, const char *name, size_t len) {
  for (uint32_t i = 0; i < found->count; i++)
    if (strlen(found->list[i].name) == len &&
        strncmp(found->list[i].name, name, len) == 0)
      return &found->list[i];
  return NULL;
}

/// Whether all protections in a list of names hold; if not, `sentence` says which does not.
static int has_all(const char *names, const char *why, protections *found,
                   char sentence[128]) {
  for (const char *name = names; name && *name;) {
    size_t len = strcspn(name, ",");
    const protection *p = find(found, name, len);
    if (!p || p->state != PROTECTION_YES) {
      snprintf(sentence, 128,
               p ? "this machine lacks the protection %.*s, %s"
                 : "there is no protection called %.*s, %s",
               len < 40 ? (int)len : 40, name, why);
      return 0;
    }
    name += len;
    name += *name == ',';
  }
  return 1;
}

static int has_required(const sandbox_options *options, protections *found,
                        char sentence[128]) {
  return has_all("seccomp,seccomp-tsync,no-new-privs",
                 "without which no plugin is loaded", found, sentence) &&
         has_all(options->required, "which is demanded", found, sentence);
}

int enter_sandbox(const sandbox_options *options, protections *found,
                  char sentence[128]) {
  put_on(options, found);
  if (!has_required(options, found, sentence))
    return 0;
  if (enter_loading_filter(files_are_closed))
    return 1;
  protection *calls = find(found, "seccomp", strlen("seccomp"));
  calls->state = PROTECTION_NO;
  snprintf(calls->detail, sizeof calls->detail, "the kernel refuses the list");
  return has_required(options, found, sentence);
}

int close_sandbox(void) {
  return enter_serving_filter();
}
