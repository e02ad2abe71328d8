/// Finds the gap between two columns of a page. poppler takes columns whose lines stand at the same heights
/// for the rows of a table, and reads across them.
#ifndef PDF_GUTTER_H
#define PDF_GUTTER_H

#include "window.h"

enum { GUTTER_WIDEST_PAGE = 4096 };

/// How many runs of characters there are above each point of a page's width.
typedef struct gutter {
  int32_t begins[GUTTER_WIDEST_PAGE +
                 2]; ///< runs that begin there, less those that end before
} gutter;

/// Characters farther apart than this, in widths of a Chinese character, may stand in two columns.
static const float gutter_gap = 0.6f;

/// Notes a run of characters.
void gutter_note(gutter *g, float left, float right);

/// Where in the middle of a page the fewest runs are; 0 for nowhere.
float gutter_of(const gutter *g, float page_width);

/// Puts the lines of a page, none of which reaches over the gutter by a gap, into the order of columns, if they
/// stand in two. Returns 0 where there is no memory.
int order_columns(line *lines, size_t count, float gutter);

#endif
