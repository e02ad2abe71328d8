#define _GNU_SOURCE
#include "sandbox.h"
#include "filter.h"
#include "interpose.h"
#include "landlock.h"

#include <errno.h>
#include <grp.h>
#include <sched.h>
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

#ifndef SYS_mseal
#define SYS_mseal 462
#endif

enum { STATUS_ORPHAN = 72 };

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

/// The worker ends with the host's thread that started it. A host that is gone already will never
/// tell: then there is nobody to serve.
static void follow_host(const sandbox_options *options, protections *found) {
  int set = prctl(PR_SET_PDEATHSIG, SIGKILL) == 0;
  if (getppid() != options->host)
    _exit(STATUS_ORPHAN);
  note(found, "pdeathsig", set ? PROTECTION_YES : PROTECTION_NO, "%s",
       set ? "the worker ends with the host" : strerror(errno));
}

static void limit_resources(protections *found) {
  static const struct {
    int resource;
    rlim_t limit;
  } limits[] = {{RLIMIT_CORE, 0},          {RLIMIT_FSIZE, 0},        {RLIMIT_NOFILE, 64},
                {RLIMIT_DATA, 768u << 20}, {RLIMIT_STACK, 8u << 20}, {RLIMIT_NPROC, 64},
                {RLIMIT_MEMLOCK, 0},       {RLIMIT_MSGQUEUE, 0}};
  // Writing beyond the limit is to fail, not to end the worker.
  signal(SIGXFSZ, SIG_IGN);
  int failed = 0;
  for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
    struct rlimit limit = {limits[i].limit, limits[i].limit};
    failed += setrlimit((__rlimit_resource_t)limits[i].resource, &limit) != 0;
  }
  note(found, "rlimits", failed ? PROTECTION_PARTIAL : PROTECTION_YES,
       failed ? "%d of the limits are refused"
              : "768 MiB of memory, 64 files, 64 threads, no core",
       failed);
}

static int write_map(const char *path, unsigned id) {
  char line[32];
  int len = snprintf(line, sizeof line, "%u %u 1", id, id);
  FILE *file = fopen(path, "w");
  if (!file)
    return 0;
  int written = fwrite(line, 1, (size_t)len, file) == (size_t)len;
  return fclose(file) == 0 && written;
}

/// An ordinary user's worker gets a namespace, so that limits by user count for it alone and it
/// owns nothing.
static int enter_namespace(void) {
  unsigned uid = getuid(), gid = getgid();
  if (unshare(CLONE_NEWUSER) != 0)
    return 0;
  FILE *groups = fopen("/proc/self/setgroups", "w");
  if (groups) {
    fputs("deny", groups);
    fclose(groups);
  }
  return write_map("/proc/self/uid_map", uid) && write_map("/proc/self/gid_map", gid);
}

static void change_user(const sandbox_options *options, protections *found) {
  if (getuid() != 0) {
    int entered = enter_namespace();
    note(found, "uid", entered ? PROTECTION_YES : PROTECTION_NO,
         entered ? "a user namespace of its own"
                 : "the host's own user: user namespaces are not allowed here");
    return;
  }
  uint32_t uid = options->uid ? options->uid : 65534;
  int changed = setgroups(0, NULL) == 0 && setresgid(uid, uid, uid) == 0 &&
                setresuid(uid, uid, uid) == 0;
  note(found, "uid", changed ? PROTECTION_YES : PROTECTION_NO,
       changed ? "user %u, without groups" : "user %u is refused", uid);
}

static void give_up_privileges(protections *found) {
  int given = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
  note(found, "no-new-privs", given ? PROTECTION_YES : PROTECTION_NO, "%s",
       given ? "setuid programs give nothing" : strerror(errno));
}

static void close_files(const sandbox_options *options, protections *found) {
  int version = landlock_version();
  int entered = version > 0 && enter_landlock(version, options->libraries,
                                              options->library_count, tasks_descriptor());
  note(found, "landlock", entered ? PROTECTION_YES : PROTECTION_NO,
       entered ? "version %d: the libraries can be read, nothing else"
               : "not in this kernel",
       version);
}

static void close_calls(protections *found) {
  int entered = install_filter(loading_filter);
  note(found, "seccomp", entered ? PROTECTION_YES : PROTECTION_NO, "%s",
       entered ? "a list of allowed system calls" : "not in this kernel");
  int can = can_filter_threads();
  note(found, "seccomp-tsync", can ? PROTECTION_YES : PROTECTION_NO, "%s",
       can ? "all threads at once" : "not in this kernel");
}

/// What the host relies on, tried here for the table of `duikou doctor`.
static void try_kernel(protections *found) {
  int file = memfd_create("probe", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  int sealed = file >= 0 && fcntl_seal(file);
  note(found, "memfd-seals", sealed ? PROTECTION_YES : PROTECTION_NO, "%s",
       sealed ? "the host's pages can only be read"
              : "the host's pages cannot be sealed");
  if (file >= 0)
    close(file);
  int pidfd = (int)syscall(SYS_pidfd_open, getpid(), 0);
  note(found, "pidfd", pidfd >= 0 ? PROTECTION_YES : PROTECTION_NO, "%s",
       pidfd >= 0 ? "signals reach the worker alone" : "not in this kernel");
  if (pidfd >= 0)
    close(pidfd);
  void *page = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  int fixed = page != MAP_FAILED && syscall(SYS_mseal, page, 4096, 0) == 0;
  note(found, "mseal", fixed ? PROTECTION_YES : PROTECTION_NO, "%s",
       fixed ? "shared mappings cannot be replaced"
             : "not in this kernel; answers are checked all the same");
}

void enter_sandbox(const sandbox_options *options, protections *found) {
  found->count = 0;
  umask(077);
  try_kernel(found);
  limit_resources(found);
  change_user(options, found);
  // Changing the user forgets it, so it comes behind.
  follow_host(options, found);
  prctl(PR_SET_DUMPABLE, 0);
  open_tasks();
  give_up_privileges(found);
  close_files(options, found);
  close_calls(found);
}

int close_sandbox(void) {
  return install_filter(serving_filter);
}

const char *missing_protection(const sandbox_options *options, const protections *found) {
  for (uint32_t i = 0; options->required && i < found->count; i++) {
    const protection *p = &found->list[i];
    size_t len = strlen(p->name);
    for (const char *at = options->required; (at = strstr(at, p->name)); at += len) {
      int begins = at == options->required || at[-1] == ',';
      if (begins && (at[len] == ',' || at[len] == 0) && p->state != PROTECTION_YES)
        return p->name;
    }
  }
  return NULL;
}
