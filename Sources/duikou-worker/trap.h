/// Answers system calls that the filter cannot judge, since it sees no memory.
#ifndef WORKER_TRAP_H
#define WORKER_TRAP_H

#include <signal.h>
#include <ucontext.h>

/// Answers the call that has led to this SIGSYS in the kernel's place, if it is one that may be
/// answered. Returns 0 where it is not. For a signal handler.
int answer_trap(const siginfo_t *info, ucontext_t *context);

#endif
