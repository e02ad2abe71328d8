/// The days that another plugin found in the documents of a call.
#ifndef AGREEMENTS_DATES_H
#define AGREEMENTS_DATES_H

#include "duikou.h"
#include "evidence.h"

typedef struct dated {
  spot spot;
  int32_t day; ///< since 1970-01-01
} dated;

/// Those of one document, or of several, one after another, in the order of the text.
typedef struct dates {
  dated *all;
  uint32_t count;
} dates;

/// Collects the days of all documents, without periods and without what was guessed. Returns 0 when the
/// host has no more memory.
int collect_dates(dk_call *call, dates *all);

/// Takes the days of a document from the front of `rest`. To be asked for each document in turn.
dates take_dates(dates *rest, uint32_t document);

/// The index of the first one that begins at or behind `start`.
uint32_t first_beginning_from(const dates *d, uint32_t start);

#endif
