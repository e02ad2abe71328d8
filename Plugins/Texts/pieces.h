/// Pieces of text on their way to the host.
#ifndef TEXTS_PIECES_H
#define TEXTS_PIECES_H

#include "duikou.h"

#include <stddef.h>

typedef struct pieces {
  dk_call *call;
  uint32_t rows, bytes; ///< since the last flush
} pieces;

/// Appends a text as one piece like `like`, or as several where it is long; flushes now and then. The
/// text is UTF-8; an empty one appends nothing. Returns DK_OK, or the status to return at once.
dk_status pieces_add(pieces *p, const dk_piece *like, const char *text, size_t len);

/// Ends the call with a sentence.
dk_status refuse(dk_call *call, dk_status status, const char *sentence);

#endif
