#include "lists.h"

enum { GAP_MAX = 6 }; ///< bytes between two titles of a list

static int goes_on(text t, range gap) {
  static const char *const between[] = {"和", "及", "以及", "、", "与", "與", NULL};
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
