#include "utf8.h"

#include <stdint.h>

/// The length of the character that begins with a byte, and the least number that needs it; 0 for a
/// byte that begins none.
static size_t length_of(uint8_t first, uint32_t *least) {
  if (first < 0x80)
    return *least = 0, 1;
  if (first >= 0xc2 && first < 0xe0)
    return *least = 0x80, 2;
  if (first >= 0xe0 && first < 0xf0)
    return *least = 0x800, 3;
  if (first >= 0xf0 && first < 0xf5)
    return *least = 0x10000, 4;
  return 0;
}

int dkr_is_utf8(const char *text, size_t len) {
  const uint8_t *at = (const uint8_t *)text, *end = at + len;
  while (at < end) {
    uint32_t least, number;
    size_t size = length_of(*at, &least);
    if (size == 0 || size > (size_t)(end - at))
      return 0;
    number = size == 1 ? *at : *at & (0x7fu >> size);
    for (size_t i = 1; i < size; i++) {
      if ((at[i] & 0xc0) != 0x80)
        return 0;
      number = number << 6 | (at[i] & 0x3fu);
    }
    if (number < least || number > 0x10ffff || (number >= 0xd800 && number < 0xe000))
      return 0;
    at += size;
  }
  return 1;
}
