/// Describes itself, and then does not start.
#include "plugin.h"

enum { NOTHING = 0x57a27001, REPLY = 0x57a27002 };

typedef struct nothing {
  dk_row row;
  uint32_t number;
  uint32_t reserved;
} nothing;

static const dk_field fields[] = {DK_FIELD(nothing, number, 1, DK_U32, "A number.")};
static const dk_type types[] = {
    TYPE("cn.example.start.nothing", NOTHING, nothing, fields),
    TYPE("cn.example.start.reply", REPLY, nothing, fields)};

static dk_status run(void *self, dk_call *call) {
  (void)self;
  return response_row(call) ? DK_OK : DK_RESOURCE_EXHAUSTED;
}

static dk_status start(const dk_host *host, const dk_image *config, void **self) {
  (void)host, (void)config, (void)self;
  return DK_FAILED_PRECONDITION;
}

USES(uses, nothing, NOTHING, nothing, REPLY);
static const dk_method methods[] = {METHOD("Run", 0, uses, NOTHING, REPLY, run)};

PLUGIN_WITH("cn.example.start", "1.0.0", start)
