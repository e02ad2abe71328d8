/// Which encoding bytes are in.
#ifndef TEXTS_DETECT_H
#define TEXTS_DETECT_H

#include "decode.h"

enum { NO_HINT = -1 };

/// What is known of a file's encoding.
typedef struct detected {
  encoding encoding;
  uint32_t mark;    ///< bytes of the byte order mark
  uint8_t is_text;  ///< 0: not in any encoding that can be read
  uint8_t is_utf32; ///< it begins with that encoding's mark
} detected;

/// Looks at the first megabyte. `hint` is the encoding that the file itself names, or NO_HINT; it counts
/// for less than the bytes.
detected detect(const codes *c, const uint8_t *bytes, size_t len, int hint);

/// What a line looks like when it is read as UTF-8.
typedef struct line_look {
  const uint8_t *end; ///< the line break, or the end of the bytes
  uint32_t characters, wide, bad;
  uint8_t is_cut, has_nul;
} line_look;

/// With `only_if_good`, it is not looked at behind what is bad.
line_look look_at_line(const uint8_t *at, const uint8_t *end, int only_if_good);

/// The encoding of a line of a file whose encoding is `whole`: another one where the line is none of
/// that, or certainly something else.
encoding encoding_of_line(const codes *c, encoding whole, const uint8_t *at,
                          const line_look *look);

/// The encoding of a name such as gb2312; NO_HINT for names of others.
int encoding_named(const char *name, size_t len);

#endif
