/// Has a configuration, and says what it was told.
#include "plugin.h"

enum { SETTINGS = 0x73746101, NOTHING = 0x73746102, SAID = 0x73746103 };

typedef struct settings {
  dk_row row;
  uint32_t least_stars;
  uint32_t reserved;
  dk_str api_key;
} settings;

typedef struct said {
  dk_row row;
  uint32_t least_stars;
  uint32_t reserved;
  dk_str api_key;
} said;

static const dk_field settings_fields[] = {
    DK_FIELD(settings, least_stars, 1, DK_U32, "Fewer are left out."),
    DK_FIELD(settings, api_key, 2, DK_STRING, "Nobody else's business.")};
static const dk_field said_fields[] = {
    DK_FIELD(said, least_stars, 1, DK_U32, "As it was told."),
    DK_FIELD(said, api_key, 2, DK_STRING, "The same.")};
static const dk_type types[] = {
    TYPE("cn.example.stays.settings", SETTINGS, settings, settings_fields),
    TYPE("cn.example.stays.nothing", NOTHING, said, said_fields),
    TYPE("cn.example.stays.said", SAID, said, said_fields)};

/// What `create` was told.
static uint32_t stars;
static char key[256];
static uint32_t key_len;

static dk_status create(const dk_host *host, const dk_image *config, void **self) {
  (void)host;
  (void)self;
  const settings *row = dk_row_at(config, dk_find(config, SETTINGS), 0);
  if (!row)
    return DK_INVALID_ARGUMENT;
  stars = row->least_stars;
  if (stars > 5)
    return DK_OUT_OF_RANGE;
  key_len = row->api_key.len < sizeof key ? row->api_key.len : sizeof key;
  if (key_len)
    memcpy(key, dk_string(config, row->api_key), key_len);
  return DK_OK;
}

static dk_status say(void *self, dk_call *call) {
  (void)self;
  said *row = response_row(call);
  if (!row)
    return DK_RESOURCE_EXHAUSTED;
  row->row.has = DK_BIT(1);
  row->least_stars = stars;
  row->api_key = call->intern(call, key, key_len);
  return DK_OK;
}

USES(uses, said, NOTHING, said, SAID);
static const dk_method methods[] = {METHOD("Say", 0, uses, NOTHING, SAID, say)};

static const dk_plugin plugin = {.size = sizeof(dk_plugin),
                                 .config = SETTINGS,
                                 .id = "cn.example.stays",
                                 .version = "1.0.0",
                                 .doc = "Is set up by the tests.",
                                 .types = types,
                                 .type_count = DK_COUNT(types),
                                 .type_stride = sizeof(dk_type),
                                 .methods = methods,
                                 .method_count = DK_COUNT(methods),
                                 .method_stride = sizeof(dk_method),
                                 .create = create};
DK_NOTE("cn.example.stays", "1.0.0");

const dk_plugin *duikou_plugin_v1(const dk_host *host) {
  the_host = host;
  return &plugin;
}
