/// The table that is being read. Tables within its cells belong to the cells' values.
#ifndef OFFICE_WORD_TABLE_H
#define OFFICE_WORD_TABLE_H

#include "pieces.h"

enum { MERGED_COLUMNS = 64, SPAN_MAX = 1000 };

typedef struct word_table {
  uint32_t depth, cell_depth; ///< tables and cells around
  uint32_t number, line, column, page;
  uint32_t columns;         ///< that the cell covers
  int opens_merge, goes_on; ///< how the cell stands in a vertical merge
  int is_deleted, row_is_merged, in_row_properties; ///< the row
  int has_more; ///< a part of the cell has been appended
  int has_gap;  ///< a paragraph has ended in the cell: a space comes before the next text
  /// The cells above that are merged downwards, by column, and when their rows were appended.
  struct {
    dk_piece *row;
    uint64_t when;
  } merged[MERGED_COLUMNS];
} word_table;

static inline int table_in_cell(const word_table *t) {
  return t->cell_depth > 0;
}

void table_begin(word_table *t, uint32_t *tables);
void table_end(word_table *t, pieces *out);
void table_begin_row(word_table *t);
void table_end_row(word_table *t, pieces *out);
void table_begin_cell(word_table *t, uint32_t page);

/// Appends the cell's value; `more` says that the cell goes on behind it.
void table_put(word_table *t, pieces *out, text *value, int more);
void table_end_cell(word_table *t, pieces *out, text *value);

#endif
