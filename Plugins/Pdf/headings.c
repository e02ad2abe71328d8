#include "headings.h"

#include <duikou.h>

enum { LONGEST_HEADING = 80 };

static const float larger = 1.15f; ///< 14 points over 12, 16 over 14

static size_t size_of(const line *l) {
  float halves = l->size * 2 + 0.5f;
  return halves < FONT_SIZES ? (size_t)halves : FONT_SIZES - 1;
}

void mark_headings(headings *h, window *w) {
  for (size_t i = 0; i < w->count; i++)
    if (w->lines[i].kind == DK_PIECE_TEXT && w->lines[i].size > 0)
      h->characters[size_of(&w->lines[i])] += w->lines[i].characters;
  size_t usual = 0;
  for (size_t size = 1; size < FONT_SIZES; size++)
    if (h->characters[size] > h->characters[usual])
      usual = size;
  for (size_t i = 0; usual && i < w->count; i++) {
    line *l = &w->lines[i];
    if (l->kind == DK_PIECE_TEXT && l->characters <= LONGEST_HEADING &&
        l->size * 2 >= (float)usual * larger)
      l->kind = DK_PIECE_HEADING;
  }
}
