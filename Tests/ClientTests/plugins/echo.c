/// Tells which headers it sees, and sends those back that begin with "x-back-", as trailers.
#include "plugin.h"

enum { NOTHING = 0x6ec40001, HEADER = 0x6ec40002 };

typedef struct header {
  dk_row row;
  dk_str name, value;
} header;

static const dk_field fields[] = {
    DK_FIELD(header, name, 1, DK_STRING, "In lower case."),
    DK_FIELD(header, value, 2, DK_BYTES,
             "Text, or any bytes where the name ends with -bin.")};
static const dk_type types[] = {TYPE("cn.example.echo.nothing", NOTHING, header, fields),
                                TYPE("cn.example.echo.header", HEADER, header, fields)};

static dk_status echo(void *self, dk_call *call) {
  (void)self;
  const char *at = (const char *)call->metadata;
  for (uint32_t i = 0; i < call->metadata_count; i++, at += call->metadata_stride) {
    const dk_metadata *seen = (const dk_metadata *)(const void *)at;
    header *header = call->append(call, HEADER, 1, NULL);
    if (!header)
      return DK_RESOURCE_EXHAUSTED;
    header->name = call->intern(call, seen->name, (uint32_t)strlen(seen->name));
    header->value = call->intern(call, seen->value, seen->value_len);
    if (!strncmp(seen->name, "x-back-", 7) &&
        call->trailer(call, seen->name + 7, seen->value, seen->value_len) != DK_OK)
      return DK_OK;
  }
  return DK_OK;
}

USES(uses, header, NOTHING, header, HEADER);
static const dk_method methods[] = {METHOD("Echo", 0, uses, NOTHING, 0, echo)};

PLUGIN("cn.example.echo", "1.0.0")
