#include "writer.h"

#include <string.h>

enum { PIECE = 32 << 10 };

writer writer_begin(dk_call *call) {
  writer w = {.call = call, .piece = call->scratch(call, PIECE)};
  w.status = w.piece ? DK_OK : DK_RESOURCE_EXHAUSTED;
  return w;
}

/// Hands over what was collected, and waits until it has been taken.
static void hand_over(writer *w) {
  if (w->status != DK_OK || w->used == 0)
    return;
  dk_content *content = w->call->append(w->call, DK_CONTENT, 1, NULL);
  if (!content) {
    w->status = DK_RESOURCE_EXHAUSTED;
    return;
  }
  content->bytes = w->call->intern(w->call, w->piece, w->used);
  w->used = 0;
  w->status = w->call->flush(w->call);
}

void put_bytes(writer *w, const char *bytes, uint32_t len) {
  while (len > 0 && w->status == DK_OK) {
    uint32_t room = PIECE - w->used;
    uint32_t count = len < room ? len : room;
    memcpy(w->piece + w->used, bytes, count);
    w->used += count;
    bytes += count;
    len -= count;
    if (w->used == PIECE)
      hand_over(w);
  }
}

void put(writer *w, const char *text) {
  put_bytes(w, text, (uint32_t)strlen(text));
}

void put_number(writer *w, uint64_t number) {
  char digits[20];
  uint32_t at = sizeof digits;
  do {
    digits[--at] = (char)('0' + number % 10);
    number /= 10;
  } while (number > 0);
  put_bytes(w, digits + at, (uint32_t)sizeof digits - at);
}

/// What a byte of a document is written as; NULL when it stands for itself.
static const char *escape_of(char byte) {
  switch (byte) {
  case '\n':
  case '\r':
  case '\t':
    return " ";
  case '<':
    return "&lt;";
  case '>':
    return "&gt;";
  case '&':
    return "&amp;";
  case '\\':
    return "\\\\";
  case '|':
    return "\\|";
  case '*':
    return "\\*";
  case '_':
    return "\\_";
  case '`':
    return "\\`";
  case '[':
    return "\\[";
  case ']':
    return "\\]";
  case '#':
    return "\\#";
  case '~':
    return "\\~";
  case '!':
    return "\\!";
  default:
    return NULL;
  }
}

void put_escaped(writer *w, const char *bytes, uint32_t len) {
  uint32_t start = 0;
  for (uint32_t i = 0; i < len; i++) {
    const char *escape = escape_of(bytes[i]);
    if (!escape)
      continue;
    put_bytes(w, bytes + start, i - start);
    put(w, escape);
    start = i + 1;
  }
  put_bytes(w, bytes + start, len - start);
}

dk_status writer_end(writer *w) {
  hand_over(w);
  return w->status;
}
