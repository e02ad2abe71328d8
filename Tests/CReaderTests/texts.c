/// Tests of the plugin Texts.
#include "texts.h"

#include "tests.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *encoded(const char *charset, const char *text, size_t *len) {
  iconv_t descriptor = iconv_open(charset, "UTF-8");
  size_t from_left = strlen(text), room = from_left * 4 + 8, to_left = room;
  char *bytes = malloc(room), *from = (char *)(uintptr_t)text, *to = bytes;
  if (descriptor == (iconv_t)-1 || !bytes ||
      iconv(descriptor, &from, &from_left, &to, &to_left) == (size_t)-1) {
    fprintf(stderr, "%s: cannot be made %s\n", text, charset);
    exit(2);
  }
  iconv_close(descriptor);
  *len = room - to_left;
  return bytes;
}

reading read_by(const reader *r, const char *method, const void *bytes, size_t len) {
  const char *media = strcmp(method, "Text") == 0  ? "text/plain"
                      : strcmp(method, "Csv") == 0 ? "text/csv"
                                                   : "text/html";
  return read_bytes(r, method, media, "a file", bytes, len);
}

char *shown(const reading *found) {
  size_t room = found->len + (size_t)found->count * 80 + 1, len = 0;
  char *line = malloc(room);
  for (uint32_t i = 0; line && i < found->count; i++) {
    read_piece piece = found->pieces[i];
    len += (size_t)snprintf(line + len, room - len, "%s%c", i ? " " : "",
                            "?THCPF"[piece.kind <= 5 ? piece.kind : 0]);
    if (piece.table)
      len += (size_t)snprintf(line + len, room - len, "%u.", piece.table);
    if (piece.line)
      len += (size_t)snprintf(line + len, room - len, "%u", piece.line);
    if (piece.column)
      len += (size_t)snprintf(line + len, room - len, ",%u", piece.column);
    if (piece.lines)
      len +=
          (size_t)snprintf(line + len, room - len, "+%ux%u", piece.lines, piece.columns);
    line[len++] = ':';
    for (uint32_t at = piece.start; at < piece.end; at++) {
      char c = found->text[at];
      line[len++] = c == '\n' ? '/' : c == '\t' ? '|' : c;
    }
  }
  if (line)
    line[len] = 0;
  return line;
}

int test_texts(const reader *r) {
  return test_text(r) + test_csv(r) + test_html(r) + test_bad_texts(r);
}
