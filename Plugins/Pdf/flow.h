/// Joins lines to paragraphs, over the ends of pages too.
#ifndef PDF_FLOW_H
#define PDF_FLOW_H

#include "pieces.h"
#include "window.h"

/// Text that goes on, and what stands between two parts of it at the end of a page.
typedef struct flow {
  pieces *pieces;
  window last;  ///< the last line, which the next may go on from; one or none
  window aside; ///< furniture since
} flow;

/// Each returns what the call then ends with, or DK_OK.
dk_status flow_put(flow *f, const window *w);
dk_status flow_end(flow *f);
void flow_free(flow *f);

#endif
