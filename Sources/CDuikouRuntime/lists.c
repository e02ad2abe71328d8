#include "lists.h"

#include <stdio.h>
#include <string.h>

void dkr_read_prefix(void *to, uint64_t size, const void *from, uint64_t stride) {
  memset(to, 0, size);
  memcpy(to, from, stride < size ? stride : size);
}

int dkr_is_stride(uint64_t stride, uint64_t least) {
  return stride >= least && stride % 8 == 0 && stride <= DKR_STRIDE_MAX;
}

int dkr_is_list(dkr_list list, uint32_t least, uint32_t most, const char *name,
                const char *type, char sentence[DKR_MESSAGE_MAX]) {
  if (list.count > most)
    snprintf(sentence, DKR_MESSAGE_MAX, "%s number %u; %u are allowed", name, list.count,
             most);
  else if (list.count && !list.at)
    snprintf(sentence, DKR_MESSAGE_MAX, "%s number %u, but the array is NULL", name,
             list.count);
  else if (list.count && !dkr_is_stride(list.stride, least))
    snprintf(sentence, DKR_MESSAGE_MAX,
             "%s are %u bytes apart; set the stride to sizeof(%s)", name, list.stride,
             type);
  else
    return 1;
  return 0;
}
