/// The readers' tests, one function for each plugin; each returns how many checks failed.
#ifndef DUIKOU_READER_TESTS_H
#define DUIKOU_READER_TESTS_H

#include "reading.h"

int test_texts(const reader *r);
int test_pdf(const reader *r);
int test_office(const reader *r);

/// Of files that take minutes.
int test_large_texts(const reader *r);
int test_large_archives(const reader *r);

#endif
