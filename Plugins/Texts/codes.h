/// The characters of encodings other than Unicode's, and which characters are frequent in Chinese text.
///
/// Made once by iconv, so that reading needs no conversion descriptor, may be done by many threads at
/// once, and goes on behind a byte that is wrong.
#ifndef TEXTS_CODES_H
#define TEXTS_CODES_H

#include <stdint.h>

enum {
  GB_TRAILS = 190,   ///< 0x40 to 0xfe without 0x7f
  BIG5_TRAILS = 157, ///< 0x40 to 0x7e, 0xa1 to 0xfe
  LEADS = 126,       ///< 0x81 to 0xfe
  GB_QUADS = 39420   ///< 0x81308130 to 0x8431a439: the rest of the first plane
};

/// Scalars by code; 0 where a code has no character.
typedef struct codes {
  uint16_t gb_pairs[LEADS * GB_TRAILS];
  uint16_t gb_quads[GB_QUADS];
  uint32_t big5[LEADS * BIG5_TRAILS];
  uint8_t frequent[0x10000 / 8]; ///< a bit for each scalar of the first plane
} codes;

/// Makes the tables. NULL where the C library has no GB18030 or Big5, or memory is short. Free with `free`.
codes *codes_create(void);

static inline int is_frequent(const codes *c, uint32_t scalar) {
  return scalar < 0x10000 && (c->frequent[scalar / 8] >> scalar % 8 & 1);
}

#endif
