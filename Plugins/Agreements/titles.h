/// Titles, and which of them name an agreement: those in 《》, and those without that stand right behind a
/// verb of signing.
#ifndef AGREEMENTS_TITLES_H
#define AGREEMENTS_TITLES_H

#include "duikou.h"
#include "text.h"

/// How deep titles may stand within titles. Two are usual; what is nested deeper is no title, and
/// would be read once for each 《 around it.
enum { TITLES_NESTED_MAX = 8 };

typedef struct title {
  range at;       ///< what stands between 《 and 》
  uint32_t marks; ///< bytes of 《 and of 》: 3, or 0 without them
  int is_agreement;
  int is_generic; ///< without 《》, and of words only that many agreements bear: 帮扶协议
} title;

/// Finds the next title from `*at` on and moves `*at` behind it; titles within others are found only
/// where the outer one names no agreement. Returns 0 when there is none.
int next_title(text t, uint32_t *at, title *found);

/// Writes the title without spaces and punctuation to `to`, which has room for all of it; returns its
/// length in bytes.
uint32_t normalise(text t, range title, char *to);

#endif
