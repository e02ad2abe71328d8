/// Sends pieces, each when the one before has been taken.
#define _POSIX_C_SOURCE 200809L
#include "plugin.h"
#include <time.h>

enum { ORDER = 0x6572e001 };

typedef struct order {
  dk_row row;
  uint32_t pieces;
  uint32_t bytes;
  uint32_t pause;
  uint32_t reserved;
} order;

static const dk_field fields[] = {
    DK_FIELD(order, pieces, 1, DK_U32, "How many."),
    DK_FIELD_UNIT(order, bytes, 2, DK_U32, "byte", "How long each is."),
    DK_FIELD_UNIT(order, pause, 3, DK_U32, "ms", "How long it rests behind each.")};
static const dk_type types[] = {TYPE("cn.example.stream.order", ORDER, order, fields)};

static dk_status stream(void *self, dk_call *call) {
  (void)self;
  const order *order = request_row(call);
  char *bytes = call->scratch(call, order->bytes);
  if (!bytes)
    return DK_RESOURCE_EXHAUSTED;
  for (uint32_t i = 0; i < order->pieces; i++) {
    dk_content *piece = call->append(call, DK_CONTENT, 1, NULL);
    if (!piece)
      return DK_RESOURCE_EXHAUSTED;
    memset(bytes, (int)(i & 0xff), order->bytes);
    piece->bytes = call->intern(call, bytes, order->bytes);
    dk_status status = call->flush(call);
    if (status != DK_OK) {
      log_line("a flush was refused");
      return status;
    }
    if (order->pause)
      nanosleep(&(struct timespec){order->pause / 1000, order->pause % 1000 * 1000000L},
                NULL);
  }
  return DK_OK;
}

USES(uses, order, ORDER, dk_content, DK_CONTENT);
static const dk_method methods[] = {
    METHOD("Stream", DK_STREAMING, uses, ORDER, DK_CONTENT, stream)};

PLUGIN("cn.example.stream", "1.0.0")
