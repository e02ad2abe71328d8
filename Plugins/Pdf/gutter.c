#include "gutter.h"

#include <stdlib.h>
#include <string.h>

enum {
  COLUMN_LINES = 3, ///< in a column at least, that are as long as it is wide
  COLUMN_WIDTH = 9, ///< of a column at least, in characters
};

void gutter_note(gutter *g, float left, float right) {
  if (!(left >= 0 && right > left && right < GUTTER_WIDEST_PAGE))
    return;
  g->begins[(int)left + 1]++;
  g->begins[(int)right + 1]--;
}

float gutter_of(const gutter *g, float page_width) {
  if (!(page_width > 0 && page_width < GUTTER_WIDEST_PAGE))
    return 0;
  int first = (int)(page_width * 0.3f), last = (int)(page_width * 0.7f);
  int64_t above = 0, fewest = INT64_MAX;
  int best = 0, best_len = 0, len = 0;
  for (int x = 0; x <= last; x++) {
    above += g->begins[x];
    if (x < first)
      continue;
    if (above < fewest)
      best_len = len = 0;
    fewest = above < fewest ? above : fewest;
    len = above == fewest ? len + 1 : 0;
    if (len > best_len) {
      best_len = len;
      best = x;
    }
  }
  return (float)best - (float)best_len / 2;
}

enum { LEFT, RIGHT, ACROSS };

static int side_of(const line *l, float gutter) {
  return l->right <= gutter + 1 ? LEFT : l->left >= gutter - 1 ? RIGHT : ACROSS;
}

/// Where a line comes in its page.
typedef struct place {
  size_t index; ///< in poppler's order
  float top;
  uint32_t band; ///< lines that go across have bands of their own
  int side;
  int is_in_column;
} place;

static int by_top(const void *a, const void *b) {
  const place *x = a, *y = b;
  return (x->top > y->top) - (x->top < y->top);
}

static int by_order(const void *a, const void *b) {
  const place *x = a, *y = b;
  if (x->band != y->band)
    return x->band < y->band ? -1 : 1;
  if (x->is_in_column && y->is_in_column && x->side != y->side)
    return x->side - y->side;
  if (x->is_in_column && y->is_in_column && x->top != y->top)
    return x->top < y->top ? -1 : 1;
  return (x->index > y->index) - (x->index < y->index);
}

/// Whether the lines of a band stand in two columns of running text.
static int is_in_columns(const place *places, size_t count, const line *lines) {
  size_t all[2] = {0, 0}, wide[2] = {0, 0};
  float widest[2] = {0, 0};
  for (size_t i = 0; i < count; i++) {
    const line *l = &lines[places[i].index];
    if (places[i].side == ACROSS)
      return 0;
    float width = l->right - l->left;
    widest[places[i].side] =
        width > widest[places[i].side] ? width : widest[places[i].side];
  }
  for (size_t i = 0; i < count; i++) {
    const line *l = &lines[places[i].index];
    float width = l->right - l->left;
    int side = places[i].side;
    all[side]++;
    wide[side] += width >= 0.7f * widest[side] && width >= COLUMN_WIDTH * l->size;
  }
  return wide[0] >= COLUMN_LINES && wide[1] >= COLUMN_LINES && wide[0] * 2 >= all[0] &&
         wide[1] * 2 >= all[1];
}

/// Takes the lines of a row for ones that go across where one does, has cells, or where there are more than
/// two.
static void find_rows(place *places, size_t count, const line *lines) {
  for (size_t start = 0, end; start < count; start = end) {
    int is_row = 0;
    float height = 0.3f * lines[places[start].index].size;
    for (end = start; end < count && places[end].top - places[start].top <= height; end++)
      is_row |= places[end].side == ACROSS || lines[places[end].index].is_row;
    end += end == start;
    for (size_t i = start; i < end; i++)
      places[i].side = is_row || end - start > 2 ? ACROSS : places[i].side;
  }
}

/// States the bands of lines that are sorted by their tops. Returns whether any has columns.
static int find_bands(place *places, size_t count, const line *lines) {
  uint32_t band = 0;
  int has_columns = 0;
  find_rows(places, count, lines);
  for (size_t i = 0; i < count; i++) {
    band += i > 0 && (places[i].side == ACROSS) != (places[i - 1].side == ACROSS);
    places[i].band = band;
  }
  for (size_t start = 0, end; start < count; start = end) {
    for (end = start; end < count && places[end].band == places[start].band;)
      end++;
    int is_column = is_in_columns(places + start, end - start, lines);
    for (size_t i = start; i < end; i++)
      places[i].is_in_column = is_column;
    has_columns |= is_column;
  }
  return has_columns;
}

int order_columns(line *lines, size_t count, float gutter) {
  if (count < 2 * COLUMN_LINES || gutter <= 0)
    return 1;
  place *places = malloc(count * sizeof *places);
  line *copy = malloc(count * sizeof *copy);
  int is_done = places && copy;
  for (size_t i = 0; is_done && i < count; i++)
    places[i] = (place){i, lines[i].top, 0, side_of(&lines[i], gutter), 0};
  if (is_done) {
    qsort(places, count, sizeof *places, by_top);
    if (find_bands(places, count, lines)) {
      qsort(places, count, sizeof *places, by_order);
      memcpy(copy, lines, count * sizeof *copy);
      for (size_t i = 0; i < count; i++)
        lines[i] = copy[places[i].index];
    }
  }
  free(places);
  free(copy);
  return is_done;
}
