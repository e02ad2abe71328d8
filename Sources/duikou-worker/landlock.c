#define _GNU_SOURCE
#include "landlock.h"
#include "duikou_worker.h"
#include "numbers.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

typedef struct ruleset {
  uint64_t files, network, scoped;
} ruleset;

typedef struct __attribute__((packed)) path_beneath {
  uint64_t allowed;
  int32_t parent;
} path_beneath;

enum { EXECUTE = 1, READ_FILE = 4, READ_DIR = 8 };

/// All rights that a version knows: what is not named in a ruleset is not restricted.
static ruleset all_rights(int version) {
  static const uint64_t files[] = {0x1fff, 0x3fff, 0x7fff, 0x7fff, 0xffff};
  ruleset rules = {.files = files[version < 5 ? version - 1 : 4]};
  if (version >= 4)
    rules.network = 3; // bind and connect by TCP
  if (version >= 6)
    rules.scoped = 3; // abstract sockets and signals beyond this process
  return rules;
}

int landlock_version(void) {
  long version = syscall(LANDLOCK_CREATE, NULL, 0, LANDLOCK_VERSION_FLAG);
  return version > 0 ? (int)version : 0;
}

static int allow(int rules, int descriptor, uint64_t rights) {
  path_beneath rule = {rights, descriptor};
  return syscall(LANDLOCK_ADD_RULE, rules, LANDLOCK_PATH_BENEATH, &rule, 0) == 0;
}

/// Allows a path; one that is not there needs no rule.
static void allow_path(int rules, const char *path, uint64_t rights) {
  int descriptor = open(path, O_PATH | O_CLOEXEC);
  if (descriptor < 0)
    return;
  struct stat status;
  if (fstat(descriptor, &status) == 0 && !S_ISDIR(status.st_mode))
    rights &= (uint64_t)(EXECUTE | READ_FILE);
  allow(rules, descriptor, rights);
  close(descriptor);
}

int enter_landlock(int version, const char *const *libraries, uint32_t count) {
  static const char *const code[] = {"/usr/lib", "/lib", "/lib64", "/usr/lib64"};
  static const char *const files[] = {"/etc/ld.so.cache", "/etc/localtime",
                                      "/usr/share/zoneinfo", "/dev/urandom",
                                      "/usr/share/poppler"};
  ruleset all = all_rights(version);
  size_t size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
  int rules = (int)syscall(LANDLOCK_CREATE, &all, size, 0);
  if (rules < 0)
    return 0;
  uint64_t run = EXECUTE | READ_FILE | READ_DIR;
  for (size_t i = 0; i < sizeof code / sizeof *code; i++)
    allow_path(rules, code[i], run);
  for (uint32_t i = 0; i < count; i++)
    allow_path(rules, libraries[i], run);
  for (size_t i = 0; i < sizeof files / sizeof *files; i++)
    allow_path(rules, files[i], READ_FILE | READ_DIR);
  allow(rules, DKR_FD_PLUGIN, EXECUTE | READ_FILE);
  int entered = syscall(LANDLOCK_RESTRICT_SELF, rules, 0) == 0;
  close(rules);
  return entered;
}
