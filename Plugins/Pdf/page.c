#include "page.h"
#include "characters.h"
#include "gutter.h"

#include <stdlib.h>
#include <string.h>

/// Between two cells, and between two numbers, in widths of a Chinese character.
static const float cell_gap = 1.5f, number_gap = 0.5f;

/// A page's text with the place and the font of each of its characters.
typedef struct layout {
  char *text;
  PopplerRectangle *places;
  guint place_count;
  GList *fonts;
  int is_known; ///< there are as many places as characters
} layout;

static layout layout_of(PopplerPage *page) {
  layout l = {.text = poppler_page_get_text(page)};
  if (!l.text)
    return l;
  size_t len = strlen(l.text), characters = 0;
  for (size_t at = 0, width; at < len; at += width, characters++)
    character_at(l.text + at, len - at, &width);
  if (len == 0 || len > PAGE_TEXT_MAX)
    return l;
  poppler_page_get_text_layout(page, &l.places, &l.place_count);
  l.fonts = poppler_page_get_text_attributes(page);
  l.is_known = l.place_count == characters;
  return l;
}

static void layout_free(layout *l) {
  g_free(l->text);
  g_free(l->places);
  poppler_page_free_text_attributes(l->fonts);
}

/// Where in a layout one reads.
typedef struct cursor {
  const layout *layout;
  const GList *font; ///< of the character or of one before it
  size_t character;
} cursor;

static float size_at(cursor *c) {
  for (; c->font; c->font = c->font->next) {
    const PopplerTextAttributes *run = c->font->data;
    if ((size_t)run->end_index >= c->character)
      return (size_t)run->start_index <= c->character ? (float)run->font_size : 0;
  }
  return 0;
}

/// Extends a line by a character that can be seen. Returns how far it stands from the line's end, in
/// widths of a Chinese character.
static float stretch(line *l, cursor *c) {
  const PopplerRectangle *place = &c->layout->places[c->character];
  float size = size_at(c), left = (float)place->x1, right = (float)place->x2;
  float top = (float)place->y1, bottom = (float)place->y2;
  if (l->characters == 0) {
    l->left = left;
    l->right = right;
    l->top = top;
    l->bottom = bottom;
    l->size = size;
    return 0;
  }
  float gap = left - l->right;
  l->left = left < l->left ? left : l->left;
  l->right = right > l->right ? right : l->right;
  l->top = top < l->top ? top : l->top;
  l->bottom = bottom > l->bottom ? bottom : l->bottom;
  l->size = size > l->size ? size : l->size;
  return l->size > 0 ? gap / l->size : 0;
}

/// Separates what stands far apart: poppler says it in one breath where cells have a border between them.
static int put_gap(window *w, line *l, float gap, size_t start, uint32_t character) {
  const char *before = w->text + start;
  size_t len = w->text_len - start;
  if (gap > cell_gap) {
    trim(&before, &len);
    w->text_len = (size_t)(before - w->text) + len;
    l->is_row = 1;
    return window_put(w, "\t", 1);
  }
  uint32_t last = last_character(before, len);
  if (gap > number_gap && is_digit(last) && is_digit(character))
    return window_put(w, " ", 1);
  return 1;
}

/// Adds a character that can be seen.
static int put_character(window *w, line *l, cursor *c, size_t start,
                         uint32_t character) {
  char written[6];
  int len = g_unichar_to_utf8(character, written);
  float gap = c->layout->is_known ? stretch(l, c) : 0;
  l->characters++;
  l->unknown += character == 0xfffd || (character >= 0xe000 && character < 0xf900);
  return (gap <= number_gap || put_gap(w, l, gap, start, character)) &&
         window_put(w, written, (size_t)len);
}

/// Adds the line whose text begins at `start` of the window's.
static int end_line(window *w, const line *read, size_t start) {
  const char *trimmed = w->text + start;
  size_t len = w->text_len - start;
  trim(&trimmed, &len);
  if (len == 0) {
    w->text_len = start;
    return 1;
  }
  line *added = window_add(w);
  if (!added)
    return 0;
  *added = *read;
  added->off = (uint32_t)(trimmed - w->text);
  added->len = (uint32_t)len;
  return 1;
}

/// Whether the gutter lies between a line and its next character.
static int is_over(const line *l, const cursor *c, float gutter) {
  const PopplerRectangle *place = &c->layout->places[c->character];
  return gutter > 0 && l->characters > 0 && l->right <= gutter + 1 &&
         place->x1 >= gutter - 1 && place->x1 - l->right > gutter_gap * l->size;
}

/// Adds the line that `text` is, or the two that stand on both sides of the gutter, in well-formed UTF-8 and
/// without control characters.
static int read_line(window *w, cursor *c, const char *text, size_t len, float gutter,
                     const line *blank) {
  line l = *blank;
  size_t start = w->text_len;
  for (size_t at = 0, width; at < len; at += width, c->character++) {
    uint32_t character = character_at(text + at, len - at, &width);
    int is_put, is_seen = !is_space(character);
    if (is_seen && c->layout->is_known && is_over(&l, c, gutter)) {
      if (!end_line(w, &l, start))
        return 0;
      l = *blank;
      l.other_half = w->lines[w->count - 1].off + 1;
      start = w->text_len;
    }
    if (is_seen)
      is_put = put_character(w, &l, c, start, character);
    else if (character < ' ' || (character >= 0x7f && character < 0xa0))
      is_put = window_put(w, " ", 1);
    else
      is_put = window_put(w, text + at, width);
    if (!is_put)
      return 0;
  }
  return end_line(w, &l, start);
}

/// Finds the gutter from the runs of characters without large gaps.
static float find_gutter(const layout *l, float page_width) {
  gutter *g = l->is_known ? calloc(1, sizeof *g) : NULL;
  if (!g)
    return 0;
  size_t len = strlen(l->text), index = 0;
  float left = 0, right = -1;
  for (size_t at = 0, width; at <= len; at += width, index++) {
    uint32_t character = at < len ? character_at(l->text + at, len - at, &width) : '\n';
    width = at < len ? width : 1;
    if (character != '\n' && is_space(character))
      continue;
    const PopplerRectangle *place = &l->places[index];
    if (character == '\n' || right < 0 ||
        place->x1 - right > gutter_gap * (place->y2 - place->y1)) {
      gutter_note(g, left, right);
      right = -1;
      if (character == '\n')
        continue;
      left = (float)place->x1;
    }
    right = (float)place->x2 > right ? (float)place->x2 : right;
  }
  float found = gutter_of(g, page_width);
  free(g);
  return found;
}

/// Joins what was parted at a gutter that is none there: wide spaces between words.
static void join_halves(window *w, size_t from) {
  size_t kept = from;
  for (size_t i = from; i < w->count; i++) {
    line *l = &w->lines[i], *last = kept > from ? &w->lines[kept - 1] : NULL;
    if (!last || l->other_half != last->off + 1 ||
        l->left - last->right > cell_gap * last->size) {
      w->lines[kept++] = *l;
      continue;
    }
    last->len = l->off + l->len - last->off;
    last->characters += l->characters;
    last->unknown += l->unknown;
    last->is_row |= l->is_row;
    last->right = l->right > last->right ? l->right : last->right;
    last->top = l->top < last->top ? l->top : last->top;
    last->bottom = l->bottom > last->bottom ? l->bottom : last->bottom;
    last->size = l->size > last->size ? l->size : last->size;
  }
  w->count = kept;
}

static dk_status read_lines(window *w, const layout *l, const line *blank) {
  cursor c = {l, l->fonts, 0};
  size_t len = strlen(l->text), before = w->count;
  if (len > PAGE_TEXT_MAX)
    return DK_OUT_OF_RANGE;
  float gutter = find_gutter(l, blank->page_width);
  for (size_t start = 0; start < len;) {
    const char *end = memchr(l->text + start, '\n', len - start);
    size_t line_len = end ? (size_t)(end - l->text) - start : len - start;
    if (!read_line(w, &c, l->text + start, line_len, gutter, blank))
      return DK_RESOURCE_EXHAUSTED;
    c.character++;
    start += line_len + 1;
  }
  if (!order_columns(w->lines + before, w->count - before, gutter))
    return DK_RESOURCE_EXHAUSTED;
  join_halves(w, before);
  return DK_OK;
}

dk_status read_page(window *w, PopplerPage *page, uint32_t number) {
  double width, height;
  poppler_page_get_size(page, &width, &height);
  line blank = {.page = number,
                .kind = DK_PIECE_TEXT,
                .page_width = (float)width,
                .page_height = (float)height};
  layout l = layout_of(page);
  dk_status status = l.text ? read_lines(w, &l, &blank) : DK_OK;
  layout_free(&l);
  return status;
}
