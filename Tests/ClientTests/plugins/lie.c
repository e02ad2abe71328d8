/// Gives rows that cannot be right, and asks for more than it may have.
#include "plugin.h"

enum { ORDER = 0x411e5001, CLAIM = 0x411e5002 };
enum {
  TRUTH,
  BAD_TEXT,
  SPAN_BEYOND,
  NO_NUMBER,
  REF_TO_NOBODY,
  LONG_TEXT,
  ROWS,
  STRINGS,
  SCRATCH,
  UNDECLARED
};

typedef struct order {
  dk_row row;
  uint32_t what;
  uint32_t reserved;
} order;

typedef struct claim {
  dk_row row;
  dk_str name;
  double ratio;
  dk_ref other;
} claim;

static const dk_value kinds[] = {{"truth", NULL, TRUTH},
                                 {"bad_text", NULL, BAD_TEXT},
                                 {"span_beyond", NULL, SPAN_BEYOND},
                                 {"no_number", NULL, NO_NUMBER},
                                 {"ref_to_nobody", NULL, REF_TO_NOBODY},
                                 {"long_text", NULL, LONG_TEXT},
                                 {"rows", NULL, ROWS},
                                 {"strings", NULL, STRINGS},
                                 {"scratch", NULL, SCRATCH},
                                 {"undeclared", NULL, UNDECLARED}};
static const dk_field order_fields[] = {
    DK_FIELD_ENUM(order, what, 1, DK_U32, kinds, "What it does.")};
static const dk_field claim_fields[] = {
    DK_FIELD(claim, name, 1, DK_STRING, "A text."),
    DK_FIELD(claim, ratio, 2, DK_F64, "A number."),
    DK_FIELD_REF(claim, other, 3, CLAIM, "A row of the same table.")};
static const dk_type types[] = {TYPE("cn.example.lie.order", ORDER, order, order_fields),
                                TYPE("cn.example.lie.claim", CLAIM, claim, claim_fields)};

static dk_status lie(void *self, dk_call *call) {
  (void)self;
  static char text[1 << 17];
  uint32_t what = ((const order *)request_row(call))->what;
  claim *claim = response_row(call);
  if (!claim)
    return DK_RESOURCE_EXHAUSTED;
  volatile double zero = 0;
  memset(text, 'x', sizeof text);
  switch (what) {
  case BAD_TEXT:
    claim->name = call->intern(call, "\xff\xfe", 2);
    break;
  case SPAN_BEYOND:
    claim->row.evidence = (dk_span){0, 1000};
    break;
  case NO_NUMBER:
    claim->ratio = zero / zero;
    claim->row.has |= DK_BIT(2);
    break;
  case REF_TO_NOBODY:
    claim->other = (dk_ref){CLAIM, 99};
    break;
  case LONG_TEXT:
    claim->name = call->intern(call, text, sizeof text);
    break;
  // Each until the host says no.
  case ROWS:
    while (call->append(call, CLAIM, 10000, NULL)) {
    }
    break;
  case STRINGS:
    while (call->intern(call, text, sizeof text).off) {
    }
    break;
  case SCRATCH:
    while (call->scratch(call, 1 << 20)) {
    }
    break;
  case UNDECLARED:
    call->append(call, DK_PLACE, 1, NULL);
    break;
  default:
    break;
  }
  return DK_OK;
}

USES(uses, order, ORDER, claim, CLAIM);
static const dk_method methods[] = {METHOD("Lie", 0, uses, ORDER, CLAIM, lie)};

PLUGIN("cn.example.lie", "1.0.0")
