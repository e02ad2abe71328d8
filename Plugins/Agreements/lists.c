#include "lists.h"

enum { GAP_MAX = 6 }; ///< bytes between two titles of a list
/// Titles of a list behind one, and bytes of each, that are passed to its end.
enum { FOLLOWING_MAX = 8, LONGEST = 300 };

static const char *const between[] = {"和", "及", "以及", "、", "与", "與", NULL};

static int goes_on(text t, range gap) {
  return range_len(gap) == 0 ||
         (range_len(gap) <= GAP_MAX && any_at(t, gap.start, gap.end, between));
}

list list_of(text t, lists *l, range title, uint32_t sentence) {
  list own = {title.start, sentence}, list = own;
  while (l->count > 0 && l->titles[l->count - 1].end <= own.start) {
    l->count--;
    int is_next = goes_on(t, (range){l->titles[l->count].end, own.start});
    list = is_next ? l->titles[l->count].list : own;
  }
  if (l->count < TITLES_NESTED_MAX) {
    l->titles[l->count].list = list;
    l->titles[l->count].end = title.end;
    l->count++;
  }
  return list;
}

/// The bytes of a title with its 《》 that begins at `at`; 0 where none does.
static uint32_t title_at(text t, uint32_t at) {
  uint32_t start = at, depth = 0;
  if (!stands_at(t, at, t.len, "《"))
    return 0;
  for (; at < t.len && at - start < LONGEST && t.bytes[at] != '\n';
       at += char_len(t, at)) {
    if (stands_at(t, at, t.len, "《"))
      depth++;
    else if (stands_at(t, at, t.len, "》") && --depth == 0)
      return at + 3 - start;
  }
  return 0;
}

uint32_t list_end(text t, uint32_t end) {
  for (int i = 0; i < FOLLOWING_MAX; i++) {
    uint32_t next = end + any_at(t, end, t.len, between), len = title_at(t, next);
    if (!len)
      break;
    end = next + len;
  }
  return end;
}
