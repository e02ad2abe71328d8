/// UTF-8, as Unicode defines it: no surrogates, nothing longer than it has to be.
#ifndef DUIKOU_UTF8_H
#define DUIKOU_UTF8_H

#include <stddef.h>

int dkr_is_utf8(const char *text, size_t len);

#endif
