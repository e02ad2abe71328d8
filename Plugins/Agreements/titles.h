/// Titles in 《》 that name an agreement.
#ifndef AGREEMENTS_TITLES_H
#define AGREEMENTS_TITLES_H

#include "duikou.h"
#include "text.h"

/// Finds the next title from `*at` on, moves `*at` behind it and sets `title` to what stands between
/// 《 and 》. Returns 0 when there is none.
int next_title(text t, uint32_t *at, range *title);

/// Writes the title without spaces and punctuation to `to`, which has room for all of it; returns its
/// length in bytes.
uint32_t normalise(text t, range title, char *to);

/// How long an agreement runs by its title, such as "P3Y" for 三年; NULL when it does not say.
/// `buffer` has room for 8 bytes.
const char *term_of(text t, range title, char *buffer);

#endif
