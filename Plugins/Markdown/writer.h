/// Text of a report, handed to the host in pieces.
#ifndef DUIKOU_MARKDOWN_WRITER_H
#define DUIKOU_MARKDOWN_WRITER_H

#include "duikou.h"

/// Collects text and hands it over whenever a piece is full. After a failure it takes everything
/// and writes nothing; `status` says why.
typedef struct writer {
  dk_call *call;
  char *piece;
  uint32_t used;
  dk_status status;
} writer;

/// Begins a report. `status` is not DK_OK when the host has no memory.
writer writer_begin(dk_call *call);

/// Writes text as it is.
void put(writer *w, const char *text);

/// Writes bytes as they are.
void put_bytes(writer *w, const char *bytes, uint32_t len);

/// Writes a number in decimal.
void put_number(writer *w, uint64_t number);

/// Writes text of a document so that it cannot be taken for Markdown or HTML: on one line, with
/// what has a meaning there escaped.
void put_escaped(writer *w, const char *bytes, uint32_t len);

/// Hands over the last piece; returns the status of the whole report.
dk_status writer_end(writer *w);

#endif
