/// The pieces that a reader appends: text with its place in the file, handed over from time to time.
#ifndef OFFICE_PIECES_H
#define OFFICE_PIECES_H

#include "job.h"
#include "text.h"

/// Where a piece stands; what is 0 is not stated.
typedef struct place {
  uint32_t kind, page, table, line, column, lines, columns;
  dk_piece **row; ///< gets the row once it is appended; NULL where nobody asks
  uint64_t *when; ///< gets how often rows were handed over by then
} place;

typedef struct pieces {
  job *job;
  const char *part; ///< where the pieces stand from now on; NULL for nowhere
  uint32_t part_len;
  dk_str part_string;    ///< in what is not handed over yet
  uint64_t handed_over;  ///< how often; rows of before may not be touched
  uint32_t rows, bytes;  ///< that are not handed over yet
  uint64_t count, total; ///< rows and bytes since the start
  int is_held;           ///< rows are still to be changed: hand over late
  int has_cell;          ///< a cell waits to hear whether it is its row's last
  text cell;
  place cell_place;
} pieces;

/// The longest text of a piece. What is longer is cut into several of the same place.
enum { PIECE_MAX = 60000 };

/// The longest text of a file: a string that many cells share is told again and again.
enum { TEXT_MAX = 256 << 20 };

/// Names the part in which the next pieces stand; `part` stays where it is.
void pieces_in(pieces *p, const char *part, uint32_t len);

/// Appends text. Behind a row that has not ended, ends that row.
void pieces_put(pieces *p, const place *at, const char *bytes, uint32_t len);

/// Appends a cell, whose value is taken out of `value`: a tab follows, or a line break if the row ends behind
/// it. Nothing follows what a cell goes on behind, as its next value says.
void pieces_cell(pieces *p, const place *at, text *value, int goes_on);
void pieces_end_row(pieces *p);

void pieces_free(pieces *p);

#endif
