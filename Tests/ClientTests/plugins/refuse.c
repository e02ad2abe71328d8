/// Is refused: its type has the name of a field of every row.
#include "plugin.h"

enum { NOTHING = 0x7ef05e01, CLASH = 0x7ef05e02 };

typedef struct clash {
  dk_row row;
  uint32_t evidence;
  uint32_t reserved;
} clash;

static const dk_field fields[] = {
    DK_FIELD(clash, evidence, 1, DK_U32, "Clashes with that of the row.")};
static const dk_type types[] = {TYPE("cn.example.refuse.nothing", NOTHING, clash, fields),
                                TYPE("cn.example.refuse.clash", CLASH, clash, fields)};

static dk_status run(void *self, dk_call *call) {
  (void)self;
  return response_row(call) ? DK_OK : DK_RESOURCE_EXHAUSTED;
}

USES(uses, clash, NOTHING, clash, CLASH);
static const dk_method methods[] = {METHOD("Run", 0, uses, NOTHING, CLASH, run)};

PLUGIN("cn.example.refuse", "1.0.0")
