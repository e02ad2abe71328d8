/// Characters out of bytes, one by one.
#ifndef TEXTS_DECODE_H
#define TEXTS_DECODE_H

#include "codes.h"

#include <stddef.h>

typedef enum encoding { UTF8, GB18030, BIG5, UTF16LE, UTF16BE } encoding;

enum {
  BAD = 0x110000, ///< bytes that are no character, a NUL, half of a surrogate pair
  CUT = 0x110001, ///< the bytes end within a character
  REPLACEMENT = 0xfffd
};

/// Takes one character; `at` is before `end`. Returns how many bytes it has, at least 1, and sets `scalar`,
/// to BAD or CUT where there is none.
uint32_t decode(const codes *c, encoding from, const uint8_t *at, const uint8_t *end,
                uint32_t *scalar);
uint32_t decode_utf8(const uint8_t *at, const uint8_t *end, uint32_t *scalar);

/// Writes a scalar, U+FFFD for BAD; returns how many bytes it has, at most 4.
uint32_t encode_utf8(uint32_t scalar, char *to);

/// How many bytes of some UTF-8 fit into so much room in whole characters.
size_t whole_utf8(const char *text, size_t len, size_t room);

/// The number of a code of four bytes of GB18030, counted from 0x81308130.
static inline uint32_t gb_quad(const uint8_t *at) {
  return (uint32_t)(at[0] - 0x81) * 12600 + (uint32_t)(at[1] - 0x30) * 1260 +
         (uint32_t)(at[2] - 0x81) * 10 + (uint32_t)(at[3] - 0x30);
}

#endif
