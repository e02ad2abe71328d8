#include "skipped.h"

#include <stdlib.h>

static int in_order(const void *a, const void *b) {
  const spot *left = a, *right = b;
  int order = compare(left->document, right->document);
  return order ? order : compare(left->at.start, right->at.start);
}

int collect_skipped(dk_call *call, skipped *result) {
  const dk_table *table = dk_find(call->image, DK_SEGMENT);
  *result = (skipped){0};
  if (!table || table->row_count == 0)
    return 1;
  spot *parts = call->scratch(call, table->row_count * sizeof *parts);
  if (!parts)
    return 0;
  for (uint32_t i = 0; i < table->row_count; i++) {
    const dk_segment *segment = dk_row_at(call->image, table, i);
    result->count += evidence_of(call->image, &segment->row, &parts[result->count]);
  }
  qsort(parts, result->count, sizeof *parts, in_order);
  result->parts = parts;
  return 1;
}

/// Whether a part lies in a document before, or begins before `at` ends.
static int is_passed(const spot *part, const spot *at) {
  return part->document < at->document ||
         (part->document == at->document && part->at.start < at->at.end);
}

int is_skipped(skipped *s, spot at) {
  if (s->document != at.document) {
    s->document = at.document;
    s->reach = 0;
  }
  for (; s->next < s->count && is_passed(&s->parts[s->next], &at); s->next++) {
    const spot *part = &s->parts[s->next];
    if (part->document == at.document && part->at.end > s->reach)
      s->reach = part->at.end;
  }
  return s->reach > at.at.start;
}
