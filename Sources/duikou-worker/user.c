#define _GNU_SOURCE
#include "user.h"

#include <grp.h>
#include <linux/capability.h>
#include <sched.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static int write_line(const char *path, const char *line) {
  FILE *file = fopen(path, "w");
  if (!file)
    return 0;
  int written = fputs(line, file) >= 0;
  return fclose(file) == 0 && written;
}

static int write_map(const char *path, unsigned id) {
  char line[32];
  snprintf(line, sizeof line, "%u %u 1", id, id);
  return write_line(path, line);
}

/// Limits by user count for a worker alone in a namespace of its own, and outside of it the worker has
/// no privilege over anything.
static user_kind enter_namespace(void) {
  unsigned uid = geteuid(), gid = getegid();
  // Who has changed its user owns its files in /proc no more, until it may be traced.
  prctl(PR_SET_DUMPABLE, 1);
  if (unshare(CLONE_NEWUSER) != 0)
    return USER_SHARED;
  write_line("/proc/self/setgroups", "deny");
  int mapped =
      write_map("/proc/self/uid_map", uid) && write_map("/proc/self/gid_map", gid);
  return mapped ? USER_NAMESPACE : USER_UNMAPPED;
}

/// Whoever makes a user namespace has all capabilities in it, and with them ways into the kernel that
/// others have not.
static void drop_capabilities(void) {
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {{0}};
  syscall(SYS_capset, &header, none);
}

user_kind change_user(uint32_t uid) {
  user_kind kind = USER_SHARED;
  if (geteuid() == 0 && setgroups(0, NULL) == 0 && setresgid(uid, uid, uid) == 0 &&
      setresuid(uid, uid, uid) == 0)
    kind = uid == USER_NOBODY ? USER_COMMON : USER_OWN;
  // Also for a root that may not change its user, as in some containers.
  if (kind != USER_OWN) {
    user_kind inside = enter_namespace();
    kind = inside == USER_SHARED ? kind : inside;
  }
  drop_capabilities();
  return kind;
}
