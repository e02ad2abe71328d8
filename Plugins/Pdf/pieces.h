/// Writes the text of a document in pieces.
#ifndef PDF_PIECES_H
#define PDF_PIECES_H

#include <duikou.h>

enum { PIECE_MAX = 60000, TEXT_MAX = 64 << 20 };

/// The piece that is being written. What fails fails for good: the rest is not written.
typedef struct pieces {
  dk_call *call;
  char text[PIECE_MAX];
  uint32_t len, kind, page;
  uint64_t written;   ///< bytes of all pieces
  uint64_t unflushed; ///< bytes of those that the host has not got
  dk_status status;
} pieces;

/// Adds well-formed text to the piece, or to another where the kind, the page or the room is not that
/// one's.
void pieces_put(pieces *p, uint32_t kind, uint32_t page, const char *text, uint32_t len);

/// Ends the piece.
void pieces_end(pieces *p);

/// Hands the pieces over to the host.
void pieces_flush(pieces *p);

#endif
