/// What the tests of the readers of text have in common.
#ifndef DUIKOU_READER_TEXTS_H
#define DUIKOU_READER_TEXTS_H

#include "reading.h"

#include <stddef.h>

/// Bytes of a literal, which may hold NULs.
#define BYTES(literal) literal, sizeof literal - 1

/// A text in another encoding, such as "GB18030"; free it with `free`.
char *encoded(const char *charset, const char *text, size_t *len);

/// Reads a file by `Text`, `Csv` or `Html`.
reading read_by(const reader *r, const char *method, const void *bytes, size_t len);

/// All pieces on a line: T, H, C, P or F for text, heading, cell, caption and furniture; of a cell table, line
/// and column, and what it covers; a colon; the text with / for a line break and | for a tab. Free it with
/// `free`.
char *shown(const reading *found);

/// Groups of tests; each returns how many checks failed.
int test_text(const reader *r);
int test_csv(const reader *r);
int test_html(const reader *r);
int test_bad_texts(const reader *r);

#endif
