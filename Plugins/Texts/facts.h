/// What a page says of itself: its title, its day of publication, its script.
#ifndef TEXTS_FACTS_H
#define TEXTS_FACTS_H

#include "elements.h"

#include <stddef.h>

enum { LONGEST_FACT = 1024, WINDOW = 2048 };

/// Text that is being collected; what is too long is left out.
typedef struct fact {
  char text[LONGEST_FACT + 1];
  size_t len;
  int is_done; ///< only the first element of a kind counts
} fact;

typedef struct facts {
  fact social;       ///< og:title
  fact rich;         ///< rich_media_title
  fact title;        ///< <title>
  fact date;         ///< the element publish_time
  int32_t published; ///< days since 1970-01-01; INT32_MIN for unknown
  int certainty;     ///< of `published`: a better one replaces it
  uint32_t script;
  char window[WINDOW]; ///< the end of a script, up to where it has come
  size_t window_len;
} facts;

void facts_begin(facts *f);

/// Takes what <meta>, <html> and <time> say.
void facts_element(facts *f, const char *name, attributes all);

/// Adds to a fact, with white space collapsed.
void fact_add(fact *f, const char *text, size_t len);

/// Takes the next part of a script; `is_last` with no text at its end.
void facts_script(facts *f, const char *text, size_t len, int is_last);

/// Takes what the element publish_time held, once all is read.
void facts_end(facts *f);

/// The best title; NULL for none.
const char *facts_title(facts *f);

#endif
