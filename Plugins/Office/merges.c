#include "merges.h"

#include <stdlib.h>
#include <string.h>

enum { MERGES_MAX = 1000000 };

typedef struct reading {
  job *job;
  merges *found;
} reading;

uint32_t cell_reference(const char *bytes, uint32_t len, uint32_t *line,
                        uint32_t *column) {
  uint32_t at = 0, letters = 0, number = 0;
  while (at < len && at < 4 && bytes[at] >= 'A' && bytes[at] <= 'Z')
    letters = letters * 26 + (uint32_t)(bytes[at++] - 'A') + 1;
  uint32_t digits = at;
  while (at < len && at - digits < 8 && bytes[at] >= '0' && bytes[at] <= '9')
    number = number * 10 + (uint32_t)(bytes[at++] - '0');
  if (letters == 0 || letters > COLUMNS_MAX || number == 0 || number > LINES_MAX)
    return 0;
  *line = number;
  *column = letters;
  return at;
}

static int read_range(xml_value range, merge *m) {
  uint32_t line, column, len = range.bytes ? range.len : 0;
  uint32_t first = cell_reference(range.bytes, len, &m->line, &m->column);
  if (first == 0 || first >= len || range.bytes[first] != ':')
    return 0;
  uint32_t left = len - first - 1;
  if (cell_reference(range.bytes + first + 1, left, &line, &column) != left ||
      left == 0 || line < m->line || column < m->column)
    return 0;
  m->lines = line - m->line + 1;
  m->columns = column - m->column + 1;
  return 1;
}

static void on_start(void *context, const xml_element *e) {
  reading *r = context;
  merge m;
  if (e->space != XML_SHEET || strcmp(e->name, "mergeCell") != 0 ||
      r->found->count >= MERGES_MAX || !read_range(xml_attribute(e, "ref"), &m))
    return;
  if (r->found->count == r->found->capacity) {
    uint32_t capacity = r->found->capacity * 2 + 64;
    merge *all = realloc(r->found->all, capacity * sizeof *all);
    if (!all) {
      job_fail_memory(r->job);
      return;
    }
    r->found->all = all;
    r->found->capacity = capacity;
  }
  r->found->all[r->found->count++] = m;
}

static int by_place(const void *a, const void *b) {
  const merge *left = a, *right = b;
  if (left->line != right->line)
    return left->line < right->line ? -1 : 1;
  return (left->column > right->column) - (left->column < right->column);
}

/// Whether a part may list merged cells: whether their name is in it, in UTF-16 too.
static int mentions_merges(job *j, zip *z, uint32_t part) {
  static const char word[] = "mergeCell";
  uint32_t matched = 0, len;
  const char *block;
  if (!zip_begin(z, part))
    return 0;
  while (job_goes_on(j) && (len = zip_next(z, &block)) > 0)
    for (const char *at = block, *end = block + len; at < end; at++) {
      if (matched == 0 && !(at = memchr(at, 'm', (size_t)(end - at))))
        break;
      if (*at == 0)
        continue;
      matched = *at == word[matched] ? matched + 1 : *at == 'm';
      if (matched == sizeof word - 1)
        return 1;
    }
  return 0;
}

void read_merges(job *j, zip *z, uint32_t part, merges *found) {
  static const xml_handler handler = {on_start, NULL, NULL};
  char problem[160];
  reading r = {j, found};
  if (!mentions_merges(j, z, part))
    return;
  xml_read(j, z, part, &handler, &r, problem);
  if (found->count)
    qsort(found->all, found->count, sizeof *found->all, by_place);
}

void free_merges(merges *found) {
  free(found->all);
  *found = (merges){0};
}

const merge *merge_at(const merges *found, uint32_t line, uint32_t column) {
  merge key = {line, column, 0, 0};
  return found->count
             ? bsearch(&key, found->all, found->count, sizeof *found->all, by_place)
             : NULL;
}
