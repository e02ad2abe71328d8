/// Finds where the columns of pages end, and how far apart their lines are.
#ifndef PDF_COLUMNS_H
#define PDF_COLUMNS_H

#include "window.h"

/// Lines of fewer characters of their size do not make a column of running text.
enum { SHORTEST_LINE = 12 };

/// States `margin`, `indent` and `pitch` of the lines that are no furniture. Returns 0 where there is no
/// memory.
int measure_columns(window *w);

/// Whether a line stands beside the one before it, in the same row.
int is_beside(const line *before, const line *l);

#endif
