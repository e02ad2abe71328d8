/// Rules for the system calls whose answer depends on their arguments. Each goes on with the number of
/// the call in the accumulator, as it was found.
#ifndef WORKER_RULES_H
#define WORKER_RULES_H

#include "program.h"

// While the plugin is loaded, and from then on.
void rule_futex(program *p);
void rule_mmap(program *p);
void rule_mprotect(program *p);
void rule_madvise(program *p);
void rule_clone(program *p);
void rule_clock(program *p, uint32_t call);
void rule_exit(program *p, uint32_t call);
void rule_openat(program *p);
void rule_sigaction(program *p);
void rule_tgkill(program *p);
void rule_fcntl(program *p);
void rule_prctl(program *p);
void rule_prlimit(program *p);
void rule_seccomp(program *p, const struct sock_fprog *second);

// While it serves.
void rule_newfstatat(program *p);
void rule_no_new_code(program *p, uint32_t call);

#endif
