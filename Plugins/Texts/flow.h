/// The text of a page on its way to pieces: characters become lines, lines are kept until it is known what
/// they are (a row of a table, a list of links), and then appended.
#ifndef TEXTS_FLOW_H
#define TEXTS_FLOW_H

#include "pieces.h"

enum {
  MOST_LINES = 4096,       ///< that are kept
  MOST_TEXT = 512 << 10,   ///< bytes that are kept
  LONGEST_LINE = 64 << 10, ///< what is longer is continued
  MOST_COLUMNS = 1024      ///< of a table that are told apart
};

/// A line, or a part of one.
typedef struct line {
  uint32_t start, len;                         ///< in the text
  uint32_t table, row, column, lines, columns; ///< of a cell, as in dk_piece
  uint32_t linked;                             ///< bytes that are links
  uint32_t links;
  uint8_t kind; ///< outside of a table
  uint8_t is_cell, ends_cell, ends_row;
  uint8_t is_open;    ///< the next line continues it
  uint8_t is_caption; ///< a picture stands before it
  uint8_t is_outside; ///< of the article of a page that has one
} line;

/// The innermost open table.
typedef struct grid {
  enum { NO_TABLE, UNDECIDED, IS_TABLE } state;
  uint32_t first; ///< index of its first line that is kept
  uint32_t row, column, width;
  uint32_t cell_lines, cell_bytes;
  uint8_t in_row, in_cell, is_layout;
  line cell;                    ///< where the open cell is
  uint32_t until[MOST_COLUMNS]; ///< up to which row a cell above covers the column
} grid;

typedef struct flow {
  pieces out;
  dk_status status; ///< not DK_OK: nothing more is taken
  char text[MOST_TEXT];
  uint32_t len;
  line lines[MOST_LINES];
  uint32_t count;
  line next;       ///< the line that is being written
  uint8_t space;   ///< before the next character: 1 for a space, 2 with a line break
  uint8_t is_wide; ///< the last character is
  uint8_t in_list; ///< of links to other pages
  /// The page's article has begun. Until then no line is outside of it: there may be none.
  uint8_t has_article;
  uint32_t open_tables, tables;
  grid grid;
} flow;

/// Adds characters of UTF-8, with white space as browsers show it.
void flow_add(flow *f, const char *text, size_t len, int is_link);

/// The same, with white space as it stands; line breaks are the caller's.
void flow_add_as_is(flow *f, const char *text, size_t len, int is_link);

/// Ends the line, if there is any, as one of this kind.
void flow_end_line(flow *f, uint32_t kind, int is_outside);

/// Appends all lines that are kept.
void flow_settle(flow *f);

/// Keeps a line; its text ends where the text does, and a cell is the one that is open.
void flow_keep(flow *f, const line *l);

/// Tables. A cell's and a row's end is told, or comes with the next.
void grid_open(flow *f, int is_layout);
void grid_close(flow *f);
void grid_begin_row(flow *f);
void grid_end_row(flow *f);
void grid_begin_cell(flow *f, uint32_t lines, uint32_t columns);
void grid_end_cell(flow *f);

/// Decides what an undecided table is.
void grid_decide(flow *f);

#endif
