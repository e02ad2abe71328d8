/// Reads the titles of a document into rows: agreements, who signs them, when, and for how long.
#ifndef AGREEMENTS_READING_H
#define AGREEMENTS_READING_H

#include "dates.h"
#include "duikou.h"
#include "entries.h"
#include "names.h"

/// One document of a call.
typedef struct document {
  dk_call *call;
  text text;
  uint32_t base;   ///< of the document in the text section
  uint32_t number; ///< index + 1
  names names;
  dates dates;
} document;

/// An agreement of the document; its row may be written to until the call ends. NULL before its
/// first title was read.
typedef struct found {
  dk_agreement *row;
  dk_ref ref;
  int has_term; ///< by the words around it, which count more than its title
} found;

/// What is carried out by what follows in the same sentence.
typedef struct basis {
  dk_ref agreement;
  uint32_t sentence;
} basis;

/// Appends what a title and the words around it say of its agreement.
dk_status read_title(document *d, const entry *e, found *f, basis *b);

#endif
