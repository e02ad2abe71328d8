/// The encoding that a page names.
#ifndef TEXTS_CHARSET_H
#define TEXTS_CHARSET_H

#include <stddef.h>

/// What <meta charset>, <meta http-equiv> or an XML declaration says, as for `detect`.
int charset_of_page(const char *bytes, size_t len);

#endif
