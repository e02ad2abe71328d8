/// The parts of documents that are not to be read.
#ifndef AGREEMENTS_SKIPPED_H
#define AGREEMENTS_SKIPPED_H

#include "duikou.h"
#include "evidence.h"

/// The parts of all documents of a call, and how far they have been passed.
typedef struct skipped {
  const spot *parts; ///< by document and start
  uint32_t count, next;
  uint32_t document; ///< that `reach` is about
  uint32_t reach;    ///< the furthest end of the parts before `next`
} skipped;

/// Collects them from the image. Returns 0 when the host has no more memory.
int collect_skipped(dk_call *call, skipped *result);

/// Whether a part overlaps `at`. To be asked in the order of the documents and their texts, for
/// places that do not overlap.
int is_skipped(skipped *s, spot at);

#endif
