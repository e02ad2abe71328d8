#include "window.h"

#include <stdlib.h>
#include <string.h>

/// Makes room for `needed` items. Returns what may be another block, or NULL.
static void *grown(void *block, size_t *room, size_t needed, size_t item) {
  size_t larger = *room ? *room : 1024;
  while (larger < needed)
    larger *= 2;
  void *new = realloc(block, larger * item);
  if (new)
    *room = larger;
  return new;
}

int window_put(window *w, const char *text, size_t len) {
  if (w->text_len + len > w->text_room) {
    char *larger = grown(w->text, &w->text_room, w->text_len + len, 1);
    if (!larger)
      return 0;
    w->text = larger;
  }
  if (len)
    memcpy(w->text + w->text_len, text, len);
  w->text_len += len;
  return 1;
}

line *window_add(window *w) {
  if (w->count == w->room) {
    line *larger = grown(w->lines, &w->room, w->count + 1, sizeof *larger);
    if (!larger)
      return NULL;
    w->lines = larger;
  }
  line *added = &w->lines[w->count++];
  *added = (line){0};
  return added;
}

void window_clear(window *w) {
  w->text_len = w->count = 0;
}

void window_free(window *w) {
  free(w->text);
  free(w->lines);
  *w = (window){0};
}
