/// Landlock, by its system calls: the C library has no functions for it.
#ifndef WORKER_LANDLOCK_H
#define WORKER_LANDLOCK_H

#include <stdint.h>

/// The version that the kernel speaks; 0 for none.
int landlock_version(void);

/// From now on this thread, and those it starts, can read and map the system's libraries and those
/// in `libraries`, read a few files of the C library, and nothing else. Needs no_new_privs. Returns 0
/// where the kernel refuses.
int enter_landlock(int version, const char *const *libraries, uint32_t count);

#endif
