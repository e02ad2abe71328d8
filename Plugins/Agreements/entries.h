/// The titles of agreements in a document, and which of them name the same agreement.
#ifndef AGREEMENTS_ENTRIES_H
#define AGREEMENTS_ENTRIES_H

#include "duikou.h"
#include "lists.h"
#include "skipped.h"
#include "text.h"

/// A title of an agreement.
typedef struct entry {
  range at;           ///< the bytes within 《》
  uint32_t marks;     ///< bytes of 《 and of 》; 0 without them
  int is_generic;     ///< 帮扶协议, without 《》
  list list;          ///< of titles, that it stands in
  uint32_t sentence;  ///< where its own sentence begins
  uint32_t agreement; ///< the same number for the same key
  const char *key;    ///< the title without spaces and punctuation
  uint32_t key_len;
} entry;

/// The titles in the order of the text. Agreements are numbered from 0, in no order of the text.
typedef struct entries {
  entry *all;
  uint32_t count, agreement_count;
} entries;

/// Reads the titles of document `number`, but for those that are to be skipped. Returns 0 when the
/// host has no more memory.
int read_entries(dk_call *call, text t, uint32_t number, skipped *skipped,
                 entries *result);

#endif
