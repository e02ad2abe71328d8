/// A page to lines, by poppler.
#ifndef PDF_PAGE_H
#define PDF_PAGE_H

#include "window.h"

#include <duikou.h>
#include <poppler.h>

enum { PAGE_TEXT_MAX = 4 << 20 };

/// Adds the lines of a page to a window, in poppler's order. Returns DK_RESOURCE_EXHAUSTED where there is no
/// memory, or DK_OUT_OF_RANGE where the page has more than PAGE_TEXT_MAX bytes.
dk_status read_page(window *w, PopplerPage *page, uint32_t number);

#endif
