/// Finds headings: short lines in a larger font than the text's.
#ifndef PDF_HEADINGS_H
#define PDF_HEADINGS_H

#include "window.h"

enum { FONT_SIZES = 256 };

/// How many characters were set in each size, in half points.
typedef struct headings {
  uint64_t characters[FONT_SIZES];
} headings;

/// Learns from the lines of a window that are no furniture, and marks those that are headings.
void mark_headings(headings *h, window *w);

#endif
