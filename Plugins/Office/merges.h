/// The merged cells of a sheet, which its part lists behind the cells.
#ifndef OFFICE_MERGES_H
#define OFFICE_MERGES_H

#include "xml.h"

typedef struct merge {
  uint32_t line, column, lines, columns;
} merge;

typedef struct merges {
  merge *all; ///< in the order of their first cells
  uint32_t count, capacity;
} merges;

/// Looks through a sheet's part for its merged cells. What is wrong with the part is not told.
void read_merges(job *j, zip *z, uint32_t part, merges *found);
void free_merges(merges *found);

/// What begins at a cell; NULL when nothing does.
const merge *merge_at(const merges *found, uint32_t line, uint32_t column);

enum { LINES_MAX = 1048576, COLUMNS_MAX = 16384 };

/// Reads a reference such as B12. Returns its length, or 0 where it is none that a sheet has.
uint32_t cell_reference(const char *bytes, uint32_t len, uint32_t *line,
                        uint32_t *column);

#endif
