#include "text.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST = 1 << 30 };

static int reserve(text *t, uint32_t len) {
  if (len > LONGEST - t->len)
    return 0;
  if (t->len + len <= t->capacity)
    return 1;
  uint32_t capacity = t->len + len + t->capacity / 2 + 64;
  char *bytes = realloc(t->bytes, capacity);
  if (!bytes)
    return 0;
  t->bytes = bytes;
  t->capacity = capacity;
  return 1;
}

int text_add(text *t, const char *bytes, uint32_t len) {
  if (!reserve(t, len))
    return 0;
  if (len)
    memcpy(t->bytes + t->len, bytes, len);
  t->len += len;
  return 1;
}

int text_add_flat(text *t, const char *bytes, uint32_t len) {
  uint32_t start = t->len;
  if (!text_add(t, bytes, len))
    return 0;
  for (uint32_t i = start; i < t->len; i++)
    if ((unsigned char)t->bytes[i] < 0x20)
      t->bytes[i] = ' ';
  return 1;
}

int text_add_scalar(text *t, uint32_t scalar) {
  char bytes[4];
  if (scalar < 0x80)
    return text_add(t, (bytes[0] = (char)scalar, bytes), 1);
  if (scalar > 0x10ffff || (scalar >= 0xd800 && scalar <= 0xdfff))
    return 1;
  uint32_t len = scalar < 0x800 ? 2 : scalar < 0x10000 ? 3 : 4;
  for (uint32_t i = len - 1; i > 0; i--, scalar >>= 6)
    bytes[i] = (char)(0x80 | (scalar & 0x3f));
  static const unsigned char first[] = {0, 0, 0xc0, 0xe0, 0xf0};
  bytes[0] = (char)(first[len] | scalar);
  return text_add(t, bytes, len);
}

uint32_t text_fitting(const char *bytes, uint32_t len, uint32_t limit) {
  if (len <= limit)
    return len;
  while (limit > 0 && ((unsigned char)bytes[limit] & 0xc0) == 0x80)
    limit--;
  return limit;
}

void text_free(text *t) {
  free(t->bytes);
  *t = (text){0};
}
