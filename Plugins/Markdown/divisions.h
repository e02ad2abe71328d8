/// Places of the image by their codes, to name the one above another.
#ifndef DUIKOU_MARKDOWN_DIVISIONS_H
#define DUIKOU_MARKDOWN_DIVISIONS_H

#include "duikou.h"

/// A place that a document names.
typedef struct division {
  uint32_t document; ///< index
  uint32_t code;
  uint32_t row; ///< index in the table of places
} division;

/// The places by document, code and row.
typedef struct divisions {
  const division *all;
  uint32_t count;
} divisions;

/// Sorts the places of the image. Returns 0 when the host has no memory.
int sort_divisions(dk_call *call, divisions *result);

/// The first place with this code in a document, by its index; NULL when it names none.
const dk_place *find_division(const dk_image *image, const divisions *d,
                              uint32_t document, uint32_t code);

#endif
