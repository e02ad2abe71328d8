#define _GNU_SOURCE
#include "duikou_runtime.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/vfs.h>

int dkr_is_written(int descriptor) {
  // Who opens the file for writing within the lease makes the kernel send a signal: one that is
  // ignored unless somebody asks for it.
  if (fcntl(descriptor, F_SETSIG, SIGURG) != 0)
    return -1;
  if (fcntl(descriptor, F_SETLEASE, F_RDLCK) == 0) {
    fcntl(descriptor, F_SETLEASE, F_UNLCK);
    return 0;
  }
  return errno == EAGAIN ? 1 : -1;
}

int dkr_is_remote(const char *path) {
  struct statfs status;
  if (statfs(path, &status) != 0)
    return 0;
  switch ((uint32_t)status.f_type) {
  case 0x6969:     // NFS
  case 0xfe534d42: // SMB 2
  case 0xff534d42: // CIFS
  case 0x01021997: // 9P
  case 0x65735546: // FUSE
  case 0x00c36400: // Ceph
  case 0x5346414f: // AFS
    return 1;
  default:
    return 0;
  }
}
