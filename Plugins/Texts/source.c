#include "source.h"

#include <string.h>

source source_of(const codes *c, const uint8_t *bytes, size_t len, const detected *as) {
  return (source){.codes = c,
                  .at = bytes + as->mark,
                  .end = bytes + len,
                  .line_end = bytes + as->mark,
                  .whole = as->encoding,
                  .line = as->encoding};
}

void source_look(source *s) {
  s->line = s->whole;
  s->line_end = s->end;
  if (s->whole >= UTF16LE)
    return;
  line_look look = look_at_line(s->at, s->end, s->whole != UTF8);
  s->line_end = look.end;
  s->is_clean = !look.bad && !look.is_cut && !look.has_nul &&
                (look.characters == 0 || s->whole == UTF8);
  if (!s->is_clean && (look.bad || s->whole != UTF8)) {
    s->line = encoding_of_line(s->codes, s->whole, s->at, &look);
    s->is_clean = s->line == UTF8 && !look.bad && !look.is_cut && !look.has_nul;
  }
}

/// Takes a line break, of whose first half `scalar` is all.
static uint32_t line_break(source *s, uint32_t scalar) {
  uint32_t next;
  if (scalar == '\r' && s->at < s->end) {
    uint32_t used = decode(s->codes, s->line, s->at, s->end, &next);
    if (next == '\n')
      s->at += used;
  }
  if (s->line_end < s->at)
    s->line_end = s->at;
  return '\n';
}

uint32_t source_next(source *s) {
  if (s->at == s->end)
    return SOURCE_END;
  if (s->at == s->line_end) {
    uint8_t byte = *s->at;
    if (s->whole < UTF16LE && (byte == '\n' || byte == '\r')) {
      s->at++;
      return line_break(s, byte);
    }
    source_look(s);
    if (s->at == s->line_end)
      return source_next(s);
  }
  // What is behind the line is no part of its last character.
  uint32_t scalar;
  s->at += decode(s->codes, s->line, s->at, s->line_end, &scalar);
  if (scalar == '\r' || scalar == '\n')
    return line_break(s, scalar);
  if (scalar < BAD)
    return scalar;
  if (scalar == CUT && s->at == s->end) {
    s->is_cut = 1;
    return SOURCE_END;
  }
  s->replaced++;
  return REPLACEMENT;
}

size_t source_copy(source *s, char *to, size_t room) {
  if (!s->is_clean || s->at >= s->line_end)
    return 0;
  size_t len = whole_utf8((const char *)s->at, (size_t)(s->line_end - s->at), room);
  memcpy(to, s->at, len);
  s->at += len;
  return len;
}

size_t source_read(source *s, char *to, size_t room) {
  size_t len = 0;
  while (room - len >= 4) {
    size_t copied = source_copy(s, to + len, room - len);
    len += copied;
    if (copied)
      continue;
    uint32_t scalar = source_next(s);
    if (scalar == SOURCE_END)
      break;
    len += encode_utf8(scalar, to + len);
  }
  return len;
}
