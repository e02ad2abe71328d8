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

int dkr_check_list(dkr_making *m, dkr_list list, uint32_t least, uint32_t most,
                   const char *name, const char *type) {
  char sentence[DKR_MESSAGE_MAX];
  return dkr_is_list(list, least, most, name, type, sentence) ||
         dkr_refuse(m, "%s", sentence);
}
