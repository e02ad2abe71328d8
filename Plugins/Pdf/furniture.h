/// Finds headers, footers and page numbers: what stands at the same height on most pages, digits ignored.
#ifndef PDF_FURNITURE_H
#define PDF_FURNITURE_H

#include "window.h"

enum { FURNITURE_KINDS_MAX = 512 };

/// A line at the edge of pages.
typedef struct edge_line {
  uint64_t text; ///< a hash of it without digits and white space
  float top;
  uint32_t pages[2]; ///< on how many even and odd ones
  uint32_t last;     ///< the page it was last seen on
} edge_line;

/// What stood at the edges of the pages so far.
typedef struct furniture {
  edge_line lines[FURNITURE_KINDS_MAX];
  size_t count;
  uint32_t pages[2]; ///< with text: even and odd ones
} furniture;

/// Learns from the pages of a window, which follow those seen before, and marks its lines.
void mark_furniture(furniture *f, window *w);

#endif
