/// A plugin that is made from a configuration.
#include "check.h"
#include "Plugins/configured.h"
#include "session.h"
#include "tests.h"

#include <stdlib.h>

static const start_options plain;

/// The image of a configuration, with a name of `len` bytes. The caller frees it.
static dk_image *configuration(uint32_t number, const char *name, uint32_t len) {
  // The pool comes last; its first byte is not used.
  uint64_t pool = sizeof(dk_image) + sizeof(dk_table) + sizeof(configured);
  uint64_t size = (pool + 1 + len + 7) & ~UINT64_C(7);
  char *bytes = calloc(1, size);
  dk_image image = {.magic = DK_IMAGE_MAGIC,
                    .table_stride = sizeof(dk_table),
                    .size = size,
                    .tables_off = sizeof image,
                    .table_count = 1,
                    .pool_off = pool,
                    .pool_size = 1 + len,
                    .text_off = size};
  dk_table table = {.type = CONFIGURED_TYPE,
                    .row_size = sizeof(configured),
                    .rows_off = sizeof image + sizeof table,
                    .row_count = 1};
  configured row = {.number = number, .name = {1, len}};
  if (!bytes)
    exit(2);
  memcpy(bytes, &image, sizeof image);
  memcpy(bytes + image.tables_off, &table, sizeof table);
  memcpy(bytes + table.rows_off, &row, sizeof row);
  memcpy(bytes + pool + 1, name, len);
  return (dk_image *)(void *)bytes;
}

static session *described(void) {
  session *s = start("configured", plain);
  CHECK(command(s, DKR_DESCRIBE) == DK_OK);
  return s;
}

/// Whether a call tells this configuration.
static int tells(session *s, uint32_t number, const char *name, uint32_t len) {
  if (call(s, 0, NULL, 0) != DK_OK)
    return 0;
  const dkr_output *output = output_of(s);
  const char *start = (const char *)output;
  const dkr_segment *segments =
      (const dkr_segment *)(const void *)(start + output->segments_off);
  if (output->segment_count != 1 || segments->row_count != 1 || output->pool_size != len)
    return 0;
  const dk_place *place = (const dk_place *)(const void *)(start + segments->rows_off);
  return place->code == number && memcmp(start + output->pool_off, name, len) == 0;
}

static void is_kept(void) {
  CASE("a plugin keeps what its configuration says, whatever it is called with");
  session *s = described();
  dk_image *config = configuration(42, "呼和浩特", 12);
  CHECK(create_over(s, config) == DK_OK);
  memset(config, 0, config->size);
  free(config);
  for (int i = 0; i < 3; i++)
    CHECK(tells(s, 42, "呼和浩特", 12));
  CHECK(command(s, DKR_DRAIN) == HAS_ENDED && reap(s) && s->status == 0);
  finish(s);
}

static void is_missing(void) {
  CASE("a plugin without a configuration gets NULL, by either way");
  session *s = described();
  CHECK(command(s, DKR_CREATE) == DK_OK && call(s, 0, NULL, 0) == DK_NOT_FOUND);
  finish(s);
  s = described();
  CHECK(create_over(s, NULL) == DK_OK && call(s, 0, NULL, 0) == DK_NOT_FOUND);
  finish(s);
}

static void is_large(void) {
  CASE("a configuration may fill the input, and one that does not fit is not posted");
  static char name[1 << 20];
  uint32_t most = sizeof name - 256;
  memset(name, 'x', sizeof name);
  session *s = described();
  dk_image *config = configuration(1, name, sizeof name);
  CHECK(create_over(s, config) == IS_STRANGE);
  free(config);
  config = configuration(7, name, most);
  CHECK(create_over(s, config) == DK_OK && tells(s, 7, name, most));
  free(config);
  finish(s);
}

static void is_refused(void) {
  CASE("a configuration that the plugin does not take fails its create");
  session *s = described();
  dk_image *config = configuration(0, "", 0);
  CHECK(create_over(s, config) == DK_OUT_OF_RANGE &&
        message_has(s, "number is 0, and must not be"));
  CHECK(command(s, DKR_DRAIN) == HAS_ENDED && reap(s) && s->status == 0);
  free(config);
  finish(s);
}

counts test_configuring(void) {
  is_kept();
  is_missing();
  is_large();
  is_refused();
  return (counts){passed, failed};
}
