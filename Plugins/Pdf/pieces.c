#include "pieces.h"

#include <string.h>

enum { FLUSHED = 256 << 10 };

void pieces_flush(pieces *p) {
  if (p->status == DK_OK && p->unflushed > 0)
    p->status = p->call->flush(p->call);
  p->unflushed = 0;
}

void pieces_end(pieces *p) {
  if (p->status == DK_OK && p->len > 0) {
    dk_piece *piece = p->call->append(p->call, DK_PIECE, 1, NULL);
    dk_str text = piece ? p->call->intern(p->call, p->text, p->len) : (dk_str){0, 0};
    if (text.off) {
      piece->text = text;
      piece->kind = p->kind;
      piece->page = p->page;
      p->unflushed += p->len + sizeof *piece;
    } else {
      p->status = DK_RESOURCE_EXHAUSTED;
    }
    if (p->unflushed >= FLUSHED)
      pieces_flush(p);
  }
  p->len = 0;
}

/// How much of a text fits into so much room without cutting a character.
static uint32_t whole(const char *text, uint32_t len, uint32_t room) {
  if (len <= room)
    return len;
  while (room > 0 && ((unsigned char)text[room] & 0xc0) == 0x80)
    room--;
  return room;
}

void pieces_put(pieces *p, uint32_t kind, uint32_t page, const char *text, uint32_t len) {
  if (p->len && (p->kind != kind || p->page != page))
    pieces_end(p);
  p->kind = kind;
  p->page = page;
  p->written += len;
  if (p->written > TEXT_MAX && p->status == DK_OK) {
    static const char sentence[] =
        "the PDF holds more than 64 MB of text: split it into several files";
    p->status =
        p->call->fail(p->call, DK_RESOURCE_EXHAUSTED, sentence, sizeof sentence - 1);
  }
  while (len > 0 && p->status == DK_OK) {
    uint32_t taken = whole(text, len, PIECE_MAX - p->len);
    memcpy(p->text + p->len, text, taken);
    p->len += taken;
    text += taken;
    len -= taken;
    if (len > 0)
      pieces_end(p);
  }
}
