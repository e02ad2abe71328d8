#include "making.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct dkr_chunk {
  dkr_chunk *next;
  uint64_t reserved; ///< so that what follows is aligned to 16 bytes
};

void *dkr_make(dkr_making *m, uint64_t count, uint64_t size) {
  dkr_chunk *chunk = calloc(1, sizeof *chunk + count * size);
  if (!chunk) {
    if (m->status == DK_OK) {
      m->status = DK_RESOURCE_EXHAUSTED;
      snprintf(m->message, DKR_MESSAGE_MAX, "no memory for the plugin's functions");
    }
    return NULL;
  }
  chunk->next = m->chunks;
  m->chunks = chunk;
  return chunk + 1;
}

void dkr_unmake(dkr_making *m) {
  while (m->chunks) {
    dkr_chunk *chunk = m->chunks;
    m->chunks = chunk->next;
    free(chunk);
  }
}

int dkr_refuse(dkr_making *m, const char *format, ...) {
  if (m->status != DK_OK)
    return 0;
  m->status = DK_INVALID_ARGUMENT;
  int used = snprintf(m->message, DKR_MESSAGE_MAX, "%s: ", m->where);
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(m->message + used, DKR_MESSAGE_MAX - (size_t)used, format, arguments);
  va_end(arguments);
  return 0;
}

void dkr_read_prefix(void *to, uint64_t size, const void *from, uint64_t stride) {
  memset(to, 0, size);
  memcpy(to, from, stride < size ? stride : size);
}

int dkr_is_stride(uint64_t stride, uint64_t least) {
  return stride >= least && stride % 8 == 0 && stride <= DKR_STRIDE_MAX;
}

int dkr_check_list(dkr_making *m, const void *at, uint32_t count, uint32_t stride,
                   uint32_t least, const char *name, const char *type) {
  if (count && !at)
    return dkr_refuse(m, "its %s number %u, but the array is NULL", name, count);
  if (count && !dkr_is_stride(stride, least))
    return dkr_refuse(m, "its %s are %u bytes apart; set the stride to sizeof(%s)", name,
                      stride, type);
  return 1;
}
