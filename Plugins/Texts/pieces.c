#include "pieces.h"
#include "decode.h"

#include <string.h>

enum { LONGEST_PIECE = 32 << 10, MOST_ROWS = 4096, MOST_BYTES = 256 << 10 };

dk_status refuse(dk_call *call, dk_status status, const char *sentence) {
  return call->fail(call, status, sentence, (uint32_t)strlen(sentence));
}

static dk_status add(pieces *p, const dk_piece *like, const char *text, uint32_t len) {
  dk_call *call = p->call;
  if (p->rows >= MOST_ROWS || p->bytes >= MOST_BYTES) {
    dk_status status = dk_cancelled(call) ? DK_CANCELLED : call->flush(call);
    if (status != DK_OK)
      return status;
    p->rows = p->bytes = 0;
  }
  dk_piece *piece = call->append(call, DK_PIECE, 1, NULL);
  if (!piece)
    return DK_RESOURCE_EXHAUSTED;
  *piece = *like;
  piece->text = call->intern(call, text, len);
  if (!piece->text.off)
    return DK_RESOURCE_EXHAUSTED;
  piece->row.confidence = 1000000;
  const uint32_t numbers[] = {like->page,   like->table, like->line,
                              like->column, like->lines, like->columns};
  for (uint32_t i = 0; i < DK_COUNT(numbers); i++)
    if (numbers[i])
      piece->row.has |= DK_BIT(4 + i);
  p->rows++;
  p->bytes += len;
  return DK_OK;
}

dk_status pieces_add(pieces *p, const dk_piece *like, const char *text, size_t len) {
  while (len) {
    size_t part = whole_utf8(text, len, LONGEST_PIECE);
    dk_status status = add(p, like, text, (uint32_t)part);
    if (status != DK_OK)
      return status;
    text += part;
    len -= part;
  }
  return DK_OK;
}
