/// Where the rows of other plugins lie in the documents of a call.
#ifndef AGREEMENTS_EVIDENCE_H
#define AGREEMENTS_EVIDENCE_H

#include "duikou.h"
#include "text.h"

/// A place in one of the documents.
typedef struct spot {
  uint32_t document; ///< index + 1
  range at;          ///< in the document's text
} spot;

/// The order of two numbers, for sorting: below 0, 0, or above.
static inline int compare(uint32_t a, uint32_t b) {
  return (a > b) - (a < b);
}

/// Where a row was read; 0 when it does not say, or names a place outside its document.
static inline int evidence_of(const dk_image *image, const dk_row *row, spot *found) {
  const dk_table *documents = dk_find(image, DK_DOCUMENT);
  uint32_t number = row->document ? row->document : 1;
  if (!documents || number > documents->row_count || row->evidence.len == 0)
    return 0;
  dk_span text = ((const dk_document *)dk_row_at(image, documents, number - 1))->text;
  if (row->evidence.off < text.off || row->evidence.len > text.len ||
      row->evidence.off - text.off > text.len - row->evidence.len)
    return 0;
  uint32_t start = row->evidence.off - text.off;
  *found = (spot){number, {start, start + row->evidence.len}};
  return 1;
}

#endif
