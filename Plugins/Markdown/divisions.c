#include "divisions.h"
#include "groups.h"

#include <stdlib.h>

static int compare(uint32_t a, uint32_t b) {
  return (a > b) - (a < b);
}

static int in_order(const void *a, const void *b) {
  const division *left = a, *right = b;
  int order = compare(left->document, right->document);
  if (!order)
    order = compare(left->code, right->code);
  return order ? order : compare(left->row, right->row);
}

int sort_divisions(dk_call *call, divisions *result) {
  const dk_table *table = dk_find(call->image, DK_PLACE);
  *result = (divisions){0};
  if (!table || table->row_count == 0)
    return 1;
  division *all = call->scratch(call, table->row_count * sizeof *all);
  if (!all)
    return 0;
  for (uint32_t i = 0; i < table->row_count; i++) {
    const dk_place *place = dk_row_at(call->image, table, i);
    all[i] = (division){document_index(place), place->code, i};
  }
  qsort(all, table->row_count, sizeof *all, in_order);
  *result = (divisions){all, table->row_count};
  return 1;
}

const dk_place *find_division(const dk_image *image, const divisions *d,
                              uint32_t document, uint32_t code) {
  division wanted = {document, code, 0};
  uint32_t low = 0, high = d->count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (in_order(&d->all[middle], &wanted) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  if (low == d->count || d->all[low].document != document || d->all[low].code != code)
    return NULL;
  return dk_row_at(image, dk_find(image, DK_PLACE), d->all[low].row);
}
