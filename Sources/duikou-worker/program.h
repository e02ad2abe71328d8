/// Writes a program for the kernel's packet filter, which is what decides about system calls.
#ifndef WORKER_PROGRAM_H
#define WORKER_PROGRAM_H

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>

enum { PROGRAM_MAX = 1024 };

/// The program so far; one that has become as long as PROGRAM_MAX is not whole. It runs from top to bottom, with the number of the call in the accumulator
/// wherever a rule begins.
typedef struct program {
  struct sock_filter code[PROGRAM_MAX];
  unsigned length;
} program;

/// The end of a program: what becomes of the call.
enum {
  ALLOW = SECCOMP_RET_ALLOW,
  REPORT =
      SECCOMP_RET_TRAP ///< SIGSYS, whose handler tells the host or answers in the kernel's place
};
#define KILL         SECCOMP_RET_KILL_PROCESS
#define DENY(reason) (SECCOMP_RET_ERRNO | (reason))

void emit(program *p, uint16_t code, uint8_t then, uint8_t otherwise, uint32_t k);

void end(program *p, uint32_t action);

/// Ends with `action` if the accumulator is `value`.
void if_equal(program *p, uint32_t value, uint32_t action);

/// Ends with `action` if it is anything else.
void if_other(program *p, uint32_t value, uint32_t action);

/// Ends with `action` if it is below `value`.
void if_below(program *p, uint32_t value, uint32_t action);

/// Ends with `action` if it has any of the bits.
void if_any(program *p, uint32_t bits, uint32_t action);

/// Ends with `action` if it has all of the bits. What is in the accumulator is gone then.
void if_all(program *p, uint32_t bits, uint32_t action);

void load(program *p, size_t offset);

/// Loads the low half of an argument. Flags and numbers fit into it: the kernel cuts the rest off.
void load_argument(program *p, unsigned number);

/// Ends with `action` if an argument is a pointer, which has two halves, or another one.
void if_pointer(program *p, unsigned number, const void *pointer, uint32_t action);
void if_other_pointer(program *p, unsigned number, const void *pointer, uint32_t action);

/// Begins the rule of one call; returns what `end_rule` needs. Inside, the accumulator is the rule's.
unsigned begin_rule(program *p, uint32_t call);

/// Ends it with `action`, for what nothing in it has decided.
void end_rule(program *p, unsigned begin, uint32_t action);

/// Ends with `action` if the accumulator is one of the values; LIST gives an array and its length.
void if_in(program *p, const uint32_t *values, size_t count, uint32_t action);
#define LIST(values) (values), sizeof(values) / sizeof *(values)

#endif
