/// The characters of a file, line by line, whatever it is encoded in.
#ifndef TEXTS_SOURCE_H
#define TEXTS_SOURCE_H

#include "detect.h"

#define SOURCE_END 0x110002u

/// A place in a file. A copy is a mark to come back to.
typedef struct source {
  const codes *codes;
  const uint8_t *at, *end;
  const uint8_t *line_end; ///< up to where `line` holds
  encoding whole, line;
  uint8_t is_clean;  ///< up to `line_end` it is UTF-8 as it should be
  uint8_t is_cut;    ///< the file ends within a character
  uint64_t replaced; ///< how often there was no character
} source;

source source_of(const codes *c, const uint8_t *bytes, size_t len, const detected *as);

/// Looks at the line that begins at `at`, once the one before is read.
void source_look(source *s);

/// The next scalar: U+FFFD where bytes are no character, '\n' for each kind of line break, SOURCE_END behind
/// the last.
uint32_t source_next(source *s);

/// Copies what is left of a line that is UTF-8 as it should be, without its break, in whole characters;
/// `room` is at least 4. Returns how many bytes there are, 0 where `source_next` has to be asked.
size_t source_copy(source *s, char *to, size_t room);

/// Writes the next characters as UTF-8; `room` is at least 4. Returns how many bytes there are, 0 behind the
/// last character.
size_t source_read(source *s, char *to, size_t room);

#endif
