/// Fails with the code and the message that it is asked for.
#include "plugin.h"

enum { WISH = 0x2f1a1101, NOTHING = 0x2f1a1102 };

typedef struct wish {
  dk_row row;
  int32_t code;
  uint32_t reserved;
  dk_str message;
} wish;

static const dk_field wish_fields[] = {
    DK_FIELD(wish, code, 1, DK_I32, "A status."),
    DK_FIELD(wish, message, 2, DK_STRING, "Why; absent for no word.")};
static const dk_field no_fields[] = {DK_FIELD(wish, code, 1, DK_I32, "A status.")};
static const dk_type types[] = {
    TYPE("cn.example.fail.wish", WISH, wish, wish_fields),
    TYPE("cn.example.fail.nothing", NOTHING, wish, no_fields)};

static dk_status fail(void *self, dk_call *call) {
  (void)self;
  const wish *wish = request_row(call);
  if (!response_row(call))
    return DK_RESOURCE_EXHAUSTED;
  const char *message = dk_string(call->image, wish->message);
  return message ? call->fail(call, wish->code, message, wish->message.len) : wish->code;
}

/// Sends one row before it fails.
static dk_status fail_late(void *self, dk_call *call) {
  if (!response_row(call))
    return DK_RESOURCE_EXHAUSTED;
  dk_status status = call->flush(call);
  return status == DK_OK ? fail(self, call) : status;
}

/// Owes one row and gives `code` of them.
static dk_status give(void *self, dk_call *call) {
  (void)self;
  const wish *wish = request_row(call);
  if (wish->code > 0 && !call->append(call, NOTHING, (uint32_t)wish->code, NULL))
    return DK_RESOURCE_EXHAUSTED;
  return DK_OK;
}

USES(uses, wish, WISH, wish, NOTHING);
static const dk_method methods[] = {
    METHOD("Fail", 0, uses, WISH, NOTHING, fail),
    METHOD("FailLate", DK_STREAMING, uses, WISH, NOTHING, fail_late),
    METHOD("Give", 0, uses, WISH, NOTHING, give)};

PLUGIN("cn.example.fail", "2.0.0")
