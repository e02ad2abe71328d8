#include "program.h"

void emit(program *p, uint16_t code, uint8_t then, uint8_t otherwise, uint32_t k) {
  if (p->length < PROGRAM_MAX)
    p->code[p->length++] = (struct sock_filter){code, then, otherwise, k};
}

void end(program *p, uint32_t action) {
  emit(p, BPF_RET | BPF_K, 0, 0, action);
}

void if_equal(program *p, uint32_t value, uint32_t action) {
  emit(p, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, value);
  end(p, action);
}

void if_other(program *p, uint32_t value, uint32_t action) {
  emit(p, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, value);
  end(p, action);
}

void if_below(program *p, uint32_t value, uint32_t action) {
  emit(p, BPF_JMP | BPF_JGE | BPF_K, 1, 0, value);
  end(p, action);
}

void if_any(program *p, uint32_t bits, uint32_t action) {
  emit(p, BPF_JMP | BPF_JSET | BPF_K, 0, 1, bits);
  end(p, action);
}

void if_all(program *p, uint32_t bits, uint32_t action) {
  emit(p, BPF_ALU | BPF_AND | BPF_K, 0, 0, bits);
  if_equal(p, bits, action);
}

void if_in(program *p, const uint32_t *values, size_t count, uint32_t action) {
  for (size_t i = 0; i < count; i++)
    if_equal(p, values[i], action);
}

void load(program *p, size_t offset) {
  emit(p, BPF_LD | BPF_W | BPF_ABS, 0, 0, (uint32_t)offset);
}

void load_argument(program *p, unsigned number) {
  load(p, offsetof(struct seccomp_data, args) + 8u * number);
}

static void load_upper_half(program *p, unsigned number) {
  load(p, offsetof(struct seccomp_data, args) + 8u * number + 4);
}

void if_pointer(program *p, unsigned number, const void *pointer, uint32_t action) {
  uint64_t address = (uintptr_t)pointer;
  load_argument(p, number);
  emit(p, BPF_JMP | BPF_JEQ | BPF_K, 0, 3, (uint32_t)address);
  load_upper_half(p, number);
  if_equal(p, (uint32_t)(address >> 32), action);
}

void if_other_pointer(program *p, unsigned number, const void *pointer, uint32_t action) {
  uint64_t address = (uintptr_t)pointer;
  load_argument(p, number);
  if_other(p, (uint32_t)address, action);
  load_upper_half(p, number);
  if_other(p, (uint32_t)(address >> 32), action);
}

unsigned begin_rule(program *p, uint32_t call) {
  emit(p, BPF_JMP | BPF_JEQ | BPF_K, 0, 0, call);
  return p->length - 1;
}

void end_rule(program *p, unsigned begin, uint32_t action) {
  end(p, action);
  unsigned jump = p->length - begin - 1;
  // A rule that cannot be jumped over would decide about other calls.
  if (jump > UINT8_MAX)
    p->length = PROGRAM_MAX;
  else
    p->code[begin].jf = (uint8_t)jump;
}
