#include "dates.h"

#include <stdlib.h>

/// Dates whose year is guessed are less sure than this.
enum { LEAST_CONFIDENCE = 700000 };

static int in_order(const void *a, const void *b) {
  const dated *left = a, *right = b;
  int order = compare(left->spot.document, right->spot.document);
  if (!order)
    order = compare(left->spot.at.start, right->spot.at.start);
  if (!order)
    order = compare(right->spot.at.end, left->spot.at.end);
  return order ? order : (left->day > right->day) - (left->day < right->day);
}

static int is_day(const dk_date *date) {
  return DK_HAS(date, 1) && DK_HAS(date, 2) && date->start == date->end &&
         date->precision == DK_PRECISION_DAY &&
         (date->row.confidence == 0 || date->row.confidence >= LEAST_CONFIDENCE);
}

int collect_dates(dk_call *call, dates *all) {
  const dk_table *table = dk_find(call->image, DK_DATE);
  *all = (dates){0};
  if (!table || table->row_count == 0)
    return 1;
  dated *list = call->scratch(call, table->row_count * sizeof *list);
  if (!list)
    return 0;
  for (uint32_t i = 0; i < table->row_count; i++) {
    const dk_date *date = dk_row_at(call->image, table, i);
    dated *next = &list[all->count];
    if (!is_day(date) || !evidence_of(call->image, &date->row, &next->spot))
      continue;
    next->day = date->start;
    all->count++;
  }
  qsort(list, all->count, sizeof *list, in_order);
  all->all = list;
  return 1;
}

dates take_dates(dates *rest, uint32_t document) {
  dates taken = {rest->all, 0};
  while (taken.count < rest->count && taken.all[taken.count].spot.document == document)
    taken.count++;
  rest->all += taken.count;
  rest->count -= taken.count;
  return taken;
}

uint32_t first_beginning_from(const dates *d, uint32_t start) {
  uint32_t low = 0, high = d->count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (d->all[middle].spot.at.start < start)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}
