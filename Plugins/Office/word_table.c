#include "word_table.h"

#include <string.h>

void table_begin(word_table *t, uint32_t *tables) {
  if (t->depth++ > 0)
    return;
  *t = (word_table){.depth = 1, .number = ++*tables};
}

void table_end(word_table *t, pieces *out) {
  if (t->depth == 0 || --t->depth > 0)
    return;
  pieces_end_row(out);
  out->is_held = 0;
}

void table_begin_row(word_table *t) {
  if (t->depth != 1 || table_in_cell(t))
    return;
  t->line++;
  t->column = 1;
  t->is_deleted = t->row_is_merged = 0;
}

void table_end_row(word_table *t, pieces *out) {
  if (t->depth != 1 || table_in_cell(t))
    return;
  if (t->is_deleted)
    t->line--;
  pieces_end_row(out);
  out->is_held = t->row_is_merged;
  if (!t->row_is_merged)
    memset(t->merged, 0, sizeof t->merged);
}

void table_begin_cell(word_table *t, uint32_t page) {
  if (t->depth == 0 || t->cell_depth++ > 0)
    return;
  t->page = page;
  t->columns = 1;
  t->opens_merge = t->goes_on = t->has_gap = t->has_more = 0;
}

static place place_of(const word_table *t) {
  return (place){.kind = DK_PIECE_CELL,
                 .page = t->page,
                 .table = t->number,
                 .line = t->line,
                 .column = t->column,
                 .columns = t->columns > 1 ? t->columns : 0};
}

/// Counts a line more for the cell above that this one continues.
static void extend(word_table *t, pieces *out) {
  if (t->column >= MERGED_COLUMNS || !t->merged[t->column].row ||
      t->merged[t->column].when != out->handed_over)
    return;
  dk_piece *row = t->merged[t->column].row;
  row->lines = row->lines ? row->lines + 1 : 2;
  row->row.has |= DK_BIT(8);
}

void table_put(word_table *t, pieces *out, text *value, int more) {
  if (t->is_deleted) {
    value->len = 0;
    return;
  }
  place at = place_of(t);
  if (t->opens_merge && !more && t->column < MERGED_COLUMNS) {
    out->is_held = 1;
    at.row = &t->merged[t->column].row;
    at.when = &t->merged[t->column].when;
  }
  pieces_cell(out, &at, value, t->has_more);
  t->has_more = more;
}

void table_end_cell(word_table *t, pieces *out, text *value) {
  if (t->cell_depth == 0 || --t->cell_depth > 0)
    return;
  while (value->len > 0 && value->bytes[value->len - 1] == ' ')
    value->len--;
  t->row_is_merged |= t->opens_merge | t->goes_on;
  if (t->column < MERGED_COLUMNS && !t->goes_on)
    t->merged[t->column].row = NULL;
  if (t->goes_on)
    extend(t, out);
  if (value->len > 0)
    table_put(t, out, value, 0);
  t->column += t->columns;
}
