/// Numbers of the kernel's that Debian's headers lack: they are older than the kernels they run on. The
/// calls have one number on all processors.
#ifndef WORKER_NUMBERS_H
#define WORKER_NUMBERS_H

/// System calls.
enum {
  IO_URING_SETUP = 425,
  IO_URING_ENTER = 426,
  IO_URING_REGISTER = 427,
  CLONE3 = 435,
  OPENAT2 = 437,
  PIDFD_GETFD = 438,
  FACCESSAT2 = 439,
  LANDLOCK_CREATE = 444,
  LANDLOCK_ADD_RULE = 445,
  LANDLOCK_RESTRICT_SELF = 446,
  MSEAL = 462
};

/// What madvise can be told.
enum {
  ADVICE_POPULATE_WRITE = 23,
  ADVICE_GUARD_INSTALL = 102,
  ADVICE_GUARD_REMOVE = 103
};

/// What prctl can be asked for.
enum { PRCTL_SET_MDWE = 65, PRCTL_SET_VMA = 0x53564d41 };
enum { MDWE_REFUSE_EXEC_GAIN = 1 };

/// Landlock's constants.
enum { LANDLOCK_PATH_BENEATH = 1, LANDLOCK_VERSION_FLAG = 1 };

#endif
