#include "columns.h"

#include <duikou.h>
#include <math.h>
#include <stdlib.h>

int is_beside(const line *before, const line *l) {
  return before->size > 0 && l->size > 0 && before->page == l->page &&
         fabsf(before->top - l->top) <= 0.3f * l->size && l->left >= before->right;
}

/// Whether a line goes on below the one before it.
static int goes_on(const line *before, const line *l) {
  return before->page == l->page &&
         (is_beside(before, l) || l->top > before->top - 0.5f * l->size);
}

static int larger_first(const void *a, const void *b) {
  float x = *(const float *)a, y = *(const float *)b;
  return (x < y) - (x > y);
}

/// The right end of a column: where two of its lines end at least, or one with as much room to the
/// right as to the left.
static float margin_of(float *rights, size_t count, float size, float indent,
                       float page_width) {
  qsort(rights, count, sizeof *rights, larger_first);
  for (size_t i = 0; i < count; i++)
    if ((i + 1 < count && rights[i] - rights[i + 1] <= 1.5f * size) ||
        fabsf(page_width - rights[i] - indent) <= 1.5f * size)
      return rights[i];
  return 0;
}

static void measure(line *lines, const size_t *column, size_t count, float *values) {
  size_t rights = 0, pitches = 0;
  float indent = INFINITY, size = 0;
  for (size_t i = 0; i < count; i++) {
    const line *l = &lines[column[i]];
    indent = l->left < indent ? l->left : indent;
    if (l->is_row || l->kind != DK_PIECE_TEXT ||
        l->right - l->left < SHORTEST_LINE * l->size)
      continue;
    values[rights++] = l->right;
    size = l->size > size ? l->size : size;
  }
  float page_width = count ? lines[column[0]].page_width : 0;
  float margin = margin_of(values, rights, size, indent, page_width);
  for (size_t i = 1; i < count; i++) {
    float pitch = lines[column[i]].top - lines[column[i - 1]].top;
    if (pitch > 0.5f * lines[column[i]].size)
      values[pitches++] = pitch;
  }
  qsort(values, pitches, sizeof *values, larger_first);
  for (size_t i = 0; i < count; i++) {
    line *l = &lines[column[i]];
    l->margin = margin;
    l->indent = indent;
    l->pitch = pitches ? values[pitches / 2] : 0;
  }
}

int measure_columns(window *w) {
  size_t *column = malloc((w->count + 1) * sizeof *column);
  float *values = malloc((w->count + 1) * sizeof *values);
  size_t count = 0;
  for (size_t i = 0; column && values && i < w->count; i++) {
    if (w->lines[i].kind == DK_PIECE_FURNITURE || w->lines[i].size <= 0)
      continue;
    if (count && !goes_on(&w->lines[column[count - 1]], &w->lines[i])) {
      measure(w->lines, column, count, values);
      count = 0;
    }
    column[count++] = i;
  }
  int is_done = column && values;
  if (is_done)
    measure(w->lines, column, count, values);
  free(column);
  free(values);
  return is_done;
}
