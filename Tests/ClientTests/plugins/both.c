/// Says which version of it answers: in one message, or in many.
#include "plugin.h"

#ifndef VERSION
#define VERSION "1.0.0"
#endif

enum { ORDER = 0x626f7401, ANSWER = 0x626f7402 };

typedef struct order {
  dk_row row;
  uint32_t pieces;
  uint32_t reserved;
} order;

typedef struct answer {
  dk_row row;
  dk_str version;
} answer;

static const dk_field order_fields[] = {
    DK_FIELD(order, pieces, 1, DK_U32, "How many messages.")};
static const dk_field answer_fields[] = {
    DK_FIELD(answer, version, 1, DK_STRING, "Of the plugin.")};
static const dk_type types[] = {
    TYPE("cn.example.both.order", ORDER, order, order_fields),
    TYPE("cn.example.both.answer", ANSWER, answer, answer_fields)};

static dk_status say(dk_call *call) {
  answer *answer = response_row(call);
  if (!answer)
    return DK_RESOURCE_EXHAUSTED;
  answer->version = call->intern(call, VERSION, sizeof VERSION - 1);
  return DK_OK;
}

static dk_status once(void *self, dk_call *call) {
  (void)self;
  return say(call);
}

static dk_status often(void *self, dk_call *call) {
  (void)self;
  const order *order = request_row(call);
  dk_status status = DK_OK;
  for (uint32_t i = 0; i < order->pieces && status == DK_OK; i++) {
    status = say(call);
    if (status == DK_OK)
      status = call->flush(call);
  }
  return status;
}

USES(uses, order, ORDER, answer, ANSWER);
static const dk_method methods[] = {
    METHOD("Once", 0, uses, ORDER, ANSWER, once),
    METHOD("Often", DK_STREAMING, uses, ORDER, ANSWER, often)};

PLUGIN("cn.example.both", VERSION)
