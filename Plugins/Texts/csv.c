/// Tables in text: a cell is a piece, or several where it is long.
#include "delimiter.h"
#include "pieces.h"
#include "texts.h"

#include <string.h>

enum { ROOM = 32 << 10 };

/// A table at work.
typedef struct table {
  pieces out;
  source s;
  uint32_t delimiter;
  uint8_t is_unquoted; ///< quotes of this line are characters like others
  dk_piece cell;
  char text[ROOM];
  size_t len;
} table;

/// How a quoted cell ends.
typedef enum ending {
  WHOLE, ///< by a quote with a delimiter, a line break or a text on the same line behind it
  NO_QUOTE ///< not at all, or by a quote that rather begins a cell of another line
} ending;

/// Looks for the end of the quoted cell whose quote has just been read.
static ending end_of_quoted(const table *t) {
  source ahead = t->s;
  int has_break = 0;
  for (;;) {
    uint32_t scalar = source_next(&ahead);
    if (scalar == SOURCE_END)
      return NO_QUOTE;
    has_break |= scalar == '\n';
    if (scalar != '"')
      continue;
    scalar = source_next(&ahead);
    if (scalar == '"')
      continue;
    while (scalar == ' ')
      scalar = source_next(&ahead);
    if (scalar == t->delimiter || scalar == '\n' || scalar == SOURCE_END)
      return WHOLE;
    return has_break ? NO_QUOTE : WHOLE;
  }
}

static dk_status send(table *t) {
  dk_status status = pieces_add(&t->out, &t->cell, t->text, t->len);
  t->len = 0;
  return status;
}

/// Adds a character of a cell. What would end the cell in the document's text becomes a space.
static dk_status put(table *t, uint32_t scalar) {
  if (scalar == '\n' || scalar == '\t')
    scalar = ' ';
  t->len += encode_utf8(scalar, t->text + t->len);
  return t->len + 8 > ROOM ? send(t) : DK_OK;
}

static dk_status read_quoted(table *t) {
  for (;;) {
    uint32_t scalar = source_next(&t->s);
    if (scalar == '"') {
      source behind = t->s;
      if (source_next(&t->s) != '"') {
        t->s = behind;
        return DK_OK;
      }
    }
    dk_status status = put(t, scalar);
    if (status != DK_OK)
      return status;
  }
}

/// Reads a cell and sets `end` to what stands behind it.
static dk_status read_cell(table *t, uint32_t *end) {
  dk_status status = DK_OK;
  uint32_t scalar = source_next(&t->s);
  if (scalar == '"' && !t->is_unquoted && scalar != t->delimiter) {
    t->is_unquoted = end_of_quoted(t) == NO_QUOTE;
    if (!t->is_unquoted) {
      status = read_quoted(t);
      scalar = source_next(&t->s);
      while (scalar == ' ') {
        source behind = t->s;
        uint32_t next = source_next(&behind);
        if (next != ' ' && next != t->delimiter && next != '\n' && next != SOURCE_END)
          break;
        scalar = source_next(&t->s);
      }
    }
  }
  while (status == DK_OK && scalar != t->delimiter && scalar != '\n' &&
         scalar != SOURCE_END) {
    status = put(t, scalar);
    scalar = source_next(&t->s);
  }
  *end = scalar;
  return status;
}

static dk_status read_row(table *t) {
  uint32_t end;
  t->is_unquoted = 0;
  t->cell.line++;
  t->cell.column = 1;
  for (;; t->cell.column++) {
    dk_status status = read_cell(t, &end);
    if (status != DK_OK)
      return status;
    t->text[t->len++] = end == t->delimiter ? '\t' : '\n';
    status = send(t);
    if (status != DK_OK || end != t->delimiter)
      return status;
  }
}

static int is_tabs(const file *f) {
  static const char tabs[] = "text/tab-separated-values";
  return f->media && f->media_len >= sizeof tabs - 1 &&
         memcmp(f->media, tabs, sizeof tabs - 1) == 0;
}

/// Whether nothing is left, but for the beginning of a character.
static int is_at_end(table *t) {
  source ahead = t->s;
  if (source_next(&ahead) != SOURCE_END)
    return 0;
  t->s.is_cut = ahead.is_cut;
  return 1;
}

dk_status read_csv(void *self, dk_call *call) {
  file f;
  dk_status status = file_find(&f, self, call);
  table *t = status == DK_OK ? call->scratch(call, sizeof *t) : NULL;
  if (!t)
    return status == DK_OK ? DK_RESOURCE_EXHAUSTED : status;
  t->out.call = call;
  t->cell = (dk_piece){.kind = DK_PIECE_CELL};
  status = file_open(&f, NO_HINT, &t->s);
  if (status == DK_OK)
    t->delimiter = find_delimiter(&t->s, is_tabs(&f));
  while (status == DK_OK && !is_at_end(t))
    status = read_row(t);
  if (status == DK_OK)
    status = file_state(&f, NULL, INT32_MIN, t->s.whole == BIG5 ? DK_TRADITIONAL : 0);
  if (status == DK_OK)
    file_warn(&f, &t->s);
  return status;
}
