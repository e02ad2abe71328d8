#include "number_formats.h"

#include <string.h>

/// The letters of a code that stand for something, one after another.
typedef struct walk {
  const char *code;
  uint32_t len, at;
} walk;

static int is_token(char c) {
  return c != 0 && strchr("ymdhseb%", c) != NULL;
}

/// The next letter that stands for something, in lower case and upper case for elapsed time; 0 behind the last.
/// What is quoted, escaped or a filler stands for itself. Only the first section counts.
static char next_token(walk *w) {
  while (w->at < w->len) {
    char c = w->code[w->at++];
    if (c == ';')
      break;
    if (c == '\\' || c == '_' || c == '*') {
      w->at++;
    } else if (c == '"' || c == '[') {
      const char *start = w->code + w->at;
      const char *end = memchr(start, c == '"' ? '"' : ']', w->len - w->at);
      uint32_t size = end ? (uint32_t)(end - start) : w->len - w->at;
      w->at += size + 1;
      if (c == '[' && size > 0 && strchr("hHmMsS", *start) &&
          strspn(start, "hHmMsS") >= size)
        return 'H';
    } else if ((c == 'A' || c == 'a') && w->at < w->len &&
               (w->code[w->at] == '/' || (w->code[w->at] | 0x20) == 'm')) {
      // AM/PM and A/P
      while (w->at < w->len && strchr("/aApPmM", w->code[w->at]))
        w->at++;
    } else if ((c == 'E' || c == 'e') && w->at < w->len &&
               (w->code[w->at] == '+' || w->code[w->at] == '-')) {
      continue;
    } else if (c == 'G' && w->len - w->at >= 6 &&
               memcmp(w->code + w->at, "eneral", 6) == 0) {
      w->at += 6;
    } else {
      char small = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
      if (is_token(small))
        return small;
    }
  }
  w->at = w->len;
  return 0;
}

/// Minutes stand behind hours or before seconds; otherwise an m is a month.
static uint8_t shown_by_m(char before, walk after) {
  char next;
  while ((next = next_token(&after)) == 'm')
    ;
  return before == 'h' || before == 'H' || next == 's' ? SHOWS_TIME : SHOWS_MONTH;
}

uint8_t shown_by_code(const char *code, uint32_t len) {
  walk w = {code, len, 0};
  uint8_t shown = 0;
  char token, before = 0;
  while ((token = next_token(&w)) != 0) {
    if (token == 'm' && before != 'm')
      shown |= shown_by_m(before, w);
    else if (token == 'y' || token == 'e' || token == 'b')
      shown |= SHOWS_YEAR;
    else if (token == 'd')
      shown |= SHOWS_DAY;
    else if (token == 'h')
      shown |= SHOWS_TIME;
    else if (token == 'H')
      shown |= SHOWS_TIME | SHOWS_ELAPSED;
    else if (token == 's')
      shown |= SHOWS_TIME | SHOWS_SECONDS;
    else if (token == '%')
      shown |= SHOWS_PERCENT;
    before = token;
  }
  return shown & ~SHOWS_PERCENT ? shown & (uint8_t)~SHOWS_PERCENT : shown;
}
