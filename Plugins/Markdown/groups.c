#include "groups.h"

int group_rows(dk_call *call, uint32_t type, uint32_t count, group_of of,
               groups *result) {
  const dk_table *table = dk_find(call->image, type);
  *result = (groups){.image = call->image, .table = table};
  if (!table)
    return 1;
  result->first = call->scratch(call, ((uint64_t)count + 2) * sizeof *result->first);
  result->rows =
      call->scratch(call, ((uint64_t)table->row_count + 1) * sizeof *result->rows);
  if (!result->first || !result->rows)
    return 0;
  // Counted two groups further on, so that placing the rows leaves the starts where they belong.
  uint32_t *next = result->first + 1;
  for (uint32_t i = 0; i < table->row_count; i++) {
    uint32_t group = of(dk_row_at(call->image, table, i));
    if (group < count)
      next[group + 1]++;
  }
  for (uint32_t group = 0; group < count; group++)
    next[group + 1] += next[group];
  for (uint32_t i = 0; i < table->row_count; i++) {
    uint32_t group = of(dk_row_at(call->image, table, i));
    if (group < count)
      result->rows[next[group]++] = i;
  }
  return 1;
}

uint32_t document_index(const void *row) {
  uint32_t document = ((const dk_row *)row)->document;
  return document ? document - 1 : 0;
}
