#include "furniture.h"
#include "characters.h"

#include <duikou.h>
#include <math.h>
#include <string.h>

enum {
  EDGE_LINES = 5 ///< that are looked at above, and below
};

static const float edge = 0.14f;  ///< of the height of a page: margin, header and a rule
static const float tolerance = 4; ///< points

/// FNV-1a, of a line without digits and white space.
static uint64_t hash_of(const char *text, size_t len) {
  uint64_t hash = 0xcbf29ce484222325;
  for (size_t at = 0, width; at < len; at += width) {
    uint32_t character = character_at(text + at, len - at, &width);
    if (is_digit(character) || is_space(character))
      continue;
    hash = (hash ^ character) * 0x100000001b3;
  }
  return hash;
}

/// A page number that says so itself: - 1 -, 第1页, 第1页 共3页.
static int is_page_number(const char *text, size_t len) {
  static const char *const forms[] = {
      "--",         "——",   "－－",   "––",       "第页", "第页/页", "第页共页",
      "第页，共页", "Page", "Pageof", "共页第页", "-/-",  "－/－"};
  int has_digits = 0;
  for (size_t at = 0, width; at < len && len < 64; at += width)
    has_digits |= is_digit(character_at(text + at, len - at, &width));
  if (!has_digits)
    return 0;
  uint64_t hash = hash_of(text, len);
  for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
    if (hash == hash_of(forms[i], strlen(forms[i])))
      return 1;
  return 0;
}

/// The lines of a page that stand farthest above and below.
typedef struct edges {
  line *above[EDGE_LINES], *below[EDGE_LINES];
  size_t above_count, below_count;
} edges;

/// Puts a line among the outermost; `sign` is -1 where lower ones are farther out.
static void insert(line **among, size_t *count, line *l, float sign) {
  size_t at = *count;
  while (at > 0 && sign * l->top < sign * among[at - 1]->top)
    at--;
  if (at == EDGE_LINES)
    return;
  size_t last = *count < EDGE_LINES ? (*count)++ : EDGE_LINES - 1;
  memmove(among + at + 1, among + at, (last - at) * sizeof *among);
  among[at] = l;
}

static edges edges_of(line *lines, size_t count) {
  edges e = {.above_count = 0};
  for (size_t i = 0; i < count; i++) {
    line *l = &lines[i];
    if (l->size <= 0)
      continue;
    if (l->bottom < l->page_height * edge)
      insert(e.above, &e.above_count, l, 1);
    else if (l->top > l->page_height * (1 - edge))
      insert(e.below, &e.below_count, l, -1);
  }
  return e;
}

static edge_line *find(furniture *f, uint64_t text, float top) {
  for (size_t i = 0; i < f->count; i++)
    if (f->lines[i].text == text && fabsf(f->lines[i].top - top) <= tolerance)
      return &f->lines[i];
  return NULL;
}

/// Makes room by forgetting what stood on one page only.
static void forget(furniture *f) {
  size_t kept = 0;
  for (size_t i = 0; i < f->count; i++)
    if (f->lines[i].pages[0] + f->lines[i].pages[1] > 1)
      f->lines[kept++] = f->lines[i];
  f->count = kept;
}

static void learn(furniture *f, const window *w, line *const *lines, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const line *l = lines[i];
    uint64_t text = hash_of(w->text + l->off, l->len);
    edge_line *known = find(f, text, l->top);
    if (!known) {
      if (f->count == FURNITURE_KINDS_MAX)
        forget(f);
      if (f->count == FURNITURE_KINDS_MAX)
        continue;
      known = &f->lines[f->count++];
      *known = (edge_line){.text = text, .top = l->top};
    }
    if (known->last != l->page)
      known->pages[l->page % 2]++;
    known->last = l->page;
  }
}

/// On most pages, or on most of those on the left, or on the right.
static int is_usual(const furniture *f, const edge_line *known, uint32_t page) {
  uint32_t all = known->pages[0] + known->pages[1], side = page % 2;
  return (all >= 2 && all * 2 > f->pages[0] + f->pages[1]) ||
         (known->pages[side] >= 3 && known->pages[side] * 2 > f->pages[side]);
}

static void mark(furniture *f, const window *w, line *const *lines, size_t count) {
  for (size_t i = 0; i < count; i++) {
    line *l = lines[i];
    const char *text = w->text + l->off;
    const edge_line *known = find(f, hash_of(text, l->len), l->top);
    if ((known && is_usual(f, known, l->page)) || is_page_number(text, l->len))
      l->kind = DK_PIECE_FURNITURE;
  }
}

/// Calls `look` with the edges of each page.
static void for_each_page(furniture *f, window *w,
                          void (*look)(furniture *, const window *, const edges *)) {
  for (size_t start = 0, end; start < w->count; start = end) {
    for (end = start; end < w->count && w->lines[end].page == w->lines[start].page;)
      end++;
    edges e = edges_of(w->lines + start, end - start);
    look(f, w, &e);
  }
}

static void learn_page(furniture *f, const window *w, const edges *e) {
  learn(f, w, e->above, e->above_count);
  learn(f, w, e->below, e->below_count);
}

static void mark_page(furniture *f, const window *w, const edges *e) {
  mark(f, w, e->above, e->above_count);
  mark(f, w, e->below, e->below_count);
}

void mark_furniture(furniture *f, window *w) {
  for (size_t i = 0; i < w->count; i++)
    if (i == 0 || w->lines[i].page != w->lines[i - 1].page)
      f->pages[w->lines[i].page % 2]++;
  for_each_page(f, w, learn_page);
  for_each_page(f, w, mark_page);
}
