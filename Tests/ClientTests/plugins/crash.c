/// Ends its worker as it is asked to.
#include "plugin.h"

enum { ORDER = 0x3c2a5801, REPLY = 0x3c2a5802 };
enum { NOT_AT_ALL, SEGMENTATION, ABORT, EXIT, LOOP };

typedef struct order {
  dk_row row;
  uint32_t how;
  uint32_t reserved;
} order;

static const dk_value ways[] = {{"not_at_all", NULL, NOT_AT_ALL},
                                {"segmentation", NULL, SEGMENTATION},
                                {"abort", NULL, ABORT},
                                {"exit", NULL, EXIT},
                                {"loop", NULL, LOOP}};
static const dk_field fields[] = {
    DK_FIELD_ENUM(order, how, 1, DK_U32, ways, "How it ends.")};
static const dk_type types[] = {TYPE("cn.example.crash.order", ORDER, order, fields),
                                TYPE("cn.example.crash.reply", REPLY, order, fields)};

static dk_status crash(void *self, dk_call *call) {
  (void)self;
  switch (((const order *)request_row(call))->how) {
  case SEGMENTATION:
    return *(volatile int *)16;
  case ABORT:
    abort();
  case EXIT:
    exit(3);
  case LOOP:
    for (volatile uint32_t i = 0;; i++) {
    }
  default:
    return response_row(call) ? DK_OK : DK_RESOURCE_EXHAUSTED;
  }
}

USES(uses, order, ORDER, order, REPLY);
static const dk_method methods[] = {METHOD("Crash", 0, uses, ORDER, REPLY, crash)};

PLUGIN("cn.example.crash", "1.0.0")
