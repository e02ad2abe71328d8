/// The elements of a document that mean something to its reader.
#ifndef OFFICE_WORD_NAMES_H
#define OFFICE_WORD_NAMES_H

#include "xml.h"

#define WORD_NAMES(X)                                                                    \
  X(br)                                                                                  \
  X(cr)                                                                                  \
  X(del)                                                                                 \
  X(den)                                                                                 \
  X(endnote)                                                                             \
  X(fldChar)                                                                             \
  X(footnote)                                                                            \
  X(gridBefore)                                                                          \
  X(gridSpan)                                                                            \
  X(lastRenderedPageBreak)                                                               \
  X(noBreakHyphen)                                                                       \
  X(numPr)                                                                               \
  X(outlineLvl)                                                                          \
  X(p)                                                                                   \
  X(pPr)                                                                                 \
  X(pStyle)                                                                              \
  X(pageBreakBefore)                                                                     \
  X(ptab)                                                                                \
  X(r)                                                                                   \
  X(rStyle)                                                                              \
  X(sup)                                                                                 \
  X(sym)                                                                                 \
  X(t)                                                                                   \
  X(tab)                                                                                 \
  X(tbl)                                                                                 \
  X(tc)                                                                                  \
  X(tr)                                                                                  \
  X(trPr)                                                                                \
  X(txbxContent)                                                                         \
  X(vMerge)                                                                              \
  X(vanish)

typedef enum word_name {
  WORD_NONE,
  WORD_SKIPPED, ///< with all that it holds: what was deleted, instructions, former looks
  WORD_ALTERNATIVES,
  WORD_CHOICE,
  WORD_FALLBACK,
#define NAME(name) WORD_##name,
  WORD_NAMES(NAME)
#undef NAME
} word_name;

word_name word_name_of(const xml_element *e);

#endif
