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

void if_null(program *p, unsigned number, uint32_t action) {
  load_argument(p, number);
  emit(p, BPF_JMP | BPF_JEQ | BPF_K, 0, 3, 0);
  load(p, offsetof(struct seccomp_data, args) + 8u * number + 4);
  if_equal(p, 0, action);
}

unsigned begin_rule(program *p, uint32_t call) {
  emit(p, BPF_JMP | BPF_JEQ | BPF_K, 0, 0, call);
  return p->length - 1;
}

void end_rule(program *p, unsigned begin, uint32_t action) {
  end(p, action);
  p->code[begin].jf = (uint8_t)(p->length - begin - 1);
}
