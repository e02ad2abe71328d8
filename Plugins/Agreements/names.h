/// Agencies and places named in the documents of a call.
#ifndef AGREEMENTS_NAMES_H
#define AGREEMENTS_NAMES_H

#include "duikou.h"
#include "evidence.h"

typedef struct named {
  spot spot;
  dk_ref entity;
  uint32_t mention; ///< index of its row
  /// Index + 1, among the document's names, of the last agency before this one in their order that
  /// reaches over this name's end; 0 for none. Those around a name are found from one to the next.
  uint32_t over;
  int is_hidden; ///< a place within an agency's name, or not the shortest name that ends here
} named;

/// The names of one document, or of several, one after another: the last in the text first, the
/// longest of those that end together first.
typedef struct names {
  named *all;
  uint32_t count;
} names;

/// Collects the names of all documents. Returns 0 when the host has no more memory.
int collect_names(dk_call *call, names *all);

/// Takes the names of a document from the front of `rest`. To be asked for each document in turn.
names take_names(names *rest, uint32_t document);

/// The index of the first name that ends at or before `end`.
uint32_t first_ending_by(const names *n, uint32_t end);

#endif
