/// Opens the bytes of a file as a PDF, or says why that cannot be.
#ifndef PDF_OPENING_H
#define PDF_OPENING_H

#include <duikou.h>
#include <poppler.h>

enum { PAGES_MAX = 5000 };

/// A file that is open.
typedef struct opened {
  PopplerDocument *document;
  int page_count;
  int is_cut; ///< its end is missing
  char *
      salvaged; ///< what is read in the place of a damaged file; NULL where that is not needed
} opened;

/// Fails with a sentence.
dk_status fail_with(dk_call *call, dk_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/// Opens the file of a call, whose bytes must stay. What fails is said to the call.
dk_status open_file(dk_call *call, const char *bytes, size_t len, opened *file);
void close_file(opened *file);

/// What is wrong with a file of which no page can be read.
dk_status fail_damaged(dk_call *call, const opened *file);

#endif
