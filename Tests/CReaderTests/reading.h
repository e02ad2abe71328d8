/// Calls readers as the host does, and keeps what they append.
#ifndef DUIKOU_READING_H
#define DUIKOU_READING_H

#include "duikou_runtime.h"

#include <stddef.h>

/// A reader that is open.
typedef struct reader {
  const dk_plugin *plugin;
  void *self;
} reader;

/// A piece as it was appended.
typedef struct read_piece {
  const char *part;    ///< "" where it is absent
  uint32_t start, end; ///< in the text
  uint32_t kind, page, table, line, column, lines, columns;
} read_piece;

/// What came of a file.
typedef struct reading {
  dk_status status;
  char message[DKR_MESSAGE_MAX + 1];
  char *text; ///< the pieces' texts, one behind the other, with a NUL behind them
  uint32_t len;
  read_piece *pieces;
  uint32_t count;
  char *title;       ///< "" where the reader states none
  int32_t published; ///< INT32_MIN where the reader states none
  uint32_t script;   ///< 0 where the reader states none
} reading;

/// Opens a library and makes its plugin; ends the program where that fails.
reader open_reader(const char *library);
void close_reader(reader *r);

/// Reads a file by one of the plugin's methods. `media` is the media type that the host has found. Ends the
/// program where the plugin breaks the contract: rows that are not declared, text that is not UTF-8, a
/// piece of more than 65536 bytes.
reading read_bytes(const reader *r, const char *method, const char *media,
                   const char *name, const void *bytes, size_t len);

/// The image of a file of `len` bytes, which lie at `bytes` and are 0 yet; free it with `free`.
dk_image *image_with_room(const char *media, const char *name, size_t len, char **bytes);

/// Reads the file of an image and forgets what is appended; the message may be that of a failure.
dk_status read_image(const reader *r, const char *method, const dk_image *image,
                     char message[DKR_MESSAGE_MAX + 1]);

/// The text of a piece; its bytes up to `end - start`.
const char *piece_text(const reading *found, uint32_t index);

void reading_free(reading *found);

#endif
