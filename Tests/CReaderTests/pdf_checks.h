/// What the tests of PDF files share: how the pieces of a reading are written down, and checks with a sentence.
#ifndef DUIKOU_PDF_CHECKS_H
#define DUIKOU_PDF_CHECKS_H

#include "pdf_writer.h"
#include "reading.h"

/// Each group returns how many of its checks failed.
int test_pdf_lines(const reader *r);
int test_pdf_pages(const reader *r);
int test_pdf_titles(const reader *r);
int test_pdf_refusals(const reader *r);
int test_pdf_failing(const reader *r);

/// Reads a file, which it frees.
reading read_pdf(const reader *r, bytes *file);

/// Says what is not as it should be; returns whether it is not.
int differs(const char *sentence, const char *expected, const char *found);

/// The pieces as "kind page|text": T, H or F for text, headings, furniture; a line break is written ⏎, a
/// tab ⇥. They are the caller's.
char *written(const reading *found);

/// Checks the status, and that the message has some words.
int ends_otherwise(const char *sentence, const reading *found, dk_status status,
                   const char *words);

#endif
