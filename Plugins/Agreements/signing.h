/// When an agreement is signed, by the words before the verb.
#ifndef AGREEMENTS_SIGNING_H
#define AGREEMENTS_SIGNING_H

#include "dates.h"
#include "text.h"

/// A day before a verb of signing.
typedef struct signing {
  range at;    ///< where it stands
  int32_t day; ///< since 1970-01-01
} signing;

/// Finds the day on which the sentence from `start` on says that something was signed: the last before
/// `verb` that stands where a clause begins, or behind 于 or 在. `list` is where what was signed begins.
/// Returns 0 when there is none.
int find_signing(text t, uint32_t start, range verb, uint32_t list, const dates *dates,
                 signing *found);

/// The day between a title, which ends at `start`, and the verb behind it; 0 when there is none.
int signing_between(text t, uint32_t start, uint32_t verb, const dates *dates,
                    signing *found);

/// Finds the verb that says behind a title, which ends at `end`, that it is signed: 《…》签订. Returns 0
/// when there is none.
int signed_behind(text t, uint32_t end, range *verb);

#endif
