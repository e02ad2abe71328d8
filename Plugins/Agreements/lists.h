/// Lists of titles, as in 签署了《甲》、《乙》和《丙》.
#ifndef AGREEMENTS_LISTS_H
#define AGREEMENTS_LISTS_H

#include "text.h"
#include "titles.h"

/// Where a list begins.
typedef struct list {
  uint32_t start;    ///< its first 《
  uint32_t sentence; ///< the sentence that this stands in
} list;

/// The titles around the place that is read, and the one before it.
typedef struct lists {
  struct {
    list list;
    uint32_t end; ///< of the title, with its 》
  } titles[TITLES_NESTED_MAX];
  uint32_t count;
} lists;

/// The list that `title` (the bytes within 《》), in a sentence that begins at `sentence`, goes on
/// with; one of its own when it goes on with none. All titles of the text must be given, in their
/// order.
list list_of(text t, lists *l, range title, uint32_t sentence);

/// The end of the list that goes on behind a title which ends (with its 》) at `end`; `end` where it is the last.
uint32_t list_end(text t, uint32_t end);

#endif
