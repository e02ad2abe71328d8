/// A plugin that keeps what its configuration says, and tells it in each call.
#include "configured.h"
#include "plugin.h"

#include <stdlib.h>
#include <string.h>

#define ID      "cn.example.configured"
#define VERSION "1.0.0"

typedef struct settings {
  uint32_t number;
  uint32_t name_len; ///< UINT32_MAX where there was no configuration
  char name[];
} settings;

static dk_status create(const dk_host *host, const dk_image *config, void **self) {
  const dk_table *table = config ? dk_find(config, CONFIGURED_TYPE) : NULL;
  const configured *row = table ? dk_row_at(config, table, 0) : NULL;
  if (config && (config->magic != DK_IMAGE_MAGIC || !row || table->row_count != 1))
    return DK_INVALID_ARGUMENT;
  if (row && row->number == 0) {
    static const char line[] = "number is 0,\nand must not be";
    host->log(host, DK_LOG_ERROR, line, sizeof line - 1);
    return DK_OUT_OF_RANGE;
  }
  uint32_t len = row ? row->name.len : 0;
  settings *kept = malloc(sizeof *kept + len);
  if (!kept)
    return DK_RESOURCE_EXHAUSTED;
  kept->number = row ? row->number : 0;
  kept->name_len = row ? len : UINT32_MAX;
  if (len > 0)
    memcpy(kept->name, dk_string(config, row->name), len);
  *self = kept;
  return DK_OK;
}

static void destroy(void *self) {
  free(self);
}

static dk_status tells(void *self, dk_call *call) {
  const settings *kept = self;
  if (kept->name_len == UINT32_MAX)
    return DK_NOT_FOUND;
  dk_place *place = call->append(call, DK_PLACE, 1, NULL);
  if (!place)
    return DK_RESOURCE_EXHAUSTED;
  place->code = kept->number;
  place->name = call->intern(call, kept->name, kept->name_len);
  return DK_OK;
}

static const dk_field fields[] = {
    {.name = "name",
     .number = 1,
     .offset = offsetof(configured, name),
     .kind = DK_STRING},
    {.name = "number",
     .number = 2,
     .offset = offsetof(configured, number),
     .kind = DK_U32},
};

static const dk_type types[] = {{.name = "cn.example.configured.settings",
                                 .id = CONFIGURED_TYPE,
                                 .size = sizeof(configured),
                                 .fields = fields,
                                 .field_count = DK_COUNT(fields),
                                 .field_stride = sizeof(dk_field)}};

static const dk_method methods[] = {METHOD("Tells", "", tells)};

static const dk_plugin plugin = {.size = sizeof(dk_plugin),
                                 .config = CONFIGURED_TYPE,
                                 .id = ID,
                                 .version = VERSION,
                                 .types = types,
                                 .type_count = DK_COUNT(types),
                                 .type_stride = sizeof(dk_type),
                                 .methods = methods,
                                 .method_count = DK_COUNT(methods),
                                 .method_stride = sizeof(dk_method),
                                 .create = create,
                                 .destroy = destroy};

DK_NOTE(ID, VERSION);

DK_EXPORT const dk_plugin *duikou_plugin_v1(const dk_host *host) {
  (void)host;
  return &plugin;
}
