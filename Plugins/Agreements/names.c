#include "names.h"

#include <stdlib.h>

static int is_agency(const named *name) {
  return name->entity.type == DK_AGENCY;
}

static int in_order(const void *a, const void *b) {
  const named *left = a, *right = b;
  int order = compare(left->spot.document, right->spot.document);
  if (!order)
    order = compare(right->spot.at.end, left->spot.at.end);
  if (!order)
    order = compare(left->spot.at.start, right->spot.at.start);
  if (!order)
    order = is_agency(right) - is_agency(left);
  return order ? order : compare(right->mention, left->mention);
}

int collect_names(dk_call *call, names *all) {
  const dk_table *table = dk_find(call->image, DK_MENTION);
  *all = (names){0};
  if (!table || table->row_count == 0)
    return 1;
  named *list = call->scratch(call, table->row_count * sizeof *list);
  if (!list)
    return 0;
  for (uint32_t i = 0; i < table->row_count; i++) {
    const dk_mention *mention = dk_row_at(call->image, table, i);
    named *name = &list[all->count];
    if (mention->entity.type != DK_AGENCY && mention->entity.type != DK_PLACE)
      continue;
    if (!evidence_of(call->image, &mention->row, &name->spot))
      continue;
    name->entity = mention->entity;
    name->mention = i;
    all->count++;
  }
  qsort(list, all->count, sizeof *list, in_order);
  all->all = list;
  return 1;
}

/// Notes which names lie within which, in one pass over their order.
static void mark(names n) {
  uint32_t over = 0, least = UINT32_MAX;
  named *shown = NULL;
  for (uint32_t i = 0; i < n.count; i++) {
    named *name = &n.all[i];
    range at = name->spot.at;
    while (over && n.all[over - 1].spot.at.start >= at.end)
      over = n.all[over - 1].over;
    name->over = over;
    if (is_agency(name)) {
      over = i + 1;
      least = at.start < least ? at.start : least;
    } else if (least <= at.start) {
      name->is_hidden = 1;
      continue;
    }
    if (shown && shown->spot.at.end == at.end)
      shown->is_hidden = 1;
    shown = name;
  }
}

names take_names(names *rest, uint32_t document) {
  names taken = {rest->all, 0};
  while (taken.count < rest->count && taken.all[taken.count].spot.document == document)
    taken.count++;
  rest->all += taken.count;
  rest->count -= taken.count;
  mark(taken);
  return taken;
}

uint32_t first_ending_by(const names *n, uint32_t end) {
  uint32_t low = 0, high = n->count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (n->all[middle].spot.at.end > end)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}
