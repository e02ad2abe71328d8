/// Plain text: a line of the file is a piece, or several where it is long.
#include "pieces.h"
#include "texts.h"

enum { ROOM = 32 << 10 };

/// A reader at work.
typedef struct reading {
  pieces out;
  source s;
  dk_piece piece;
  char text[ROOM];
  size_t len;
} reading;

static dk_status send(reading *r, int is_end_of_line) {
  dk_status status = pieces_add(&r->out, &r->piece, r->text, r->len);
  r->len = 0;
  r->piece.line += (uint32_t)is_end_of_line;
  return status;
}

static dk_status read_lines(reading *r) {
  for (;;) {
    uint32_t scalar = 0;
    size_t len = source_copy(&r->s, r->text + r->len, ROOM - r->len);
    r->len += len;
    if (!len) {
      scalar = source_next(&r->s);
      if (scalar == SOURCE_END)
        return send(r, 0);
      r->len += encode_utf8(scalar, r->text + r->len);
    }
    if (scalar != '\n' && r->len + 4 <= ROOM)
      continue;
    dk_status status = send(r, scalar == '\n');
    if (status != DK_OK)
      return status;
  }
}

dk_status read_text(void *self, dk_call *call) {
  file f;
  dk_status status = file_find(&f, self, call);
  reading *r = status == DK_OK ? call->scratch(call, sizeof *r) : NULL;
  if (!r)
    return status == DK_OK ? DK_RESOURCE_EXHAUSTED : status;
  r->out.call = call;
  r->piece = (dk_piece){.kind = DK_PIECE_TEXT, .line = 1};
  status = file_open(&f, NO_HINT, &r->s);
  if (status == DK_OK)
    status = read_lines(r);
  if (status == DK_OK)
    status = file_state(&f, NULL, INT32_MIN, r->s.whole == BIG5 ? DK_TRADITIONAL : 0);
  if (status == DK_OK)
    file_warn(&f, &r->s);
  return status;
}
