/// dkr_describe: what it writes, and what it refuses with which words.
#include "check.h"
#include "session.h"
#include "tests.h"

#include <stdlib.h>

/// A plugin with one of everything, to be spoilt by a test.
typedef struct sample {
  dk_value value;
  dk_field field;
  dk_type type;
  dk_use use;
  dk_method method;
  dk_plugin plugin;
} sample;

static dk_status does_nothing(void *self, dk_call *call) {
  (void)self, (void)call;
  return DK_OK;
}

static void make_sample(sample *s) {
  s->value = (dk_value){"one", NULL, -1};
  s->field = (dk_field){.name = "kind",
                        .values = &s->value,
                        .value_count = 1,
                        .value_stride = sizeof(dk_value),
                        .number = 1,
                        .offset = 32,
                        .kind = DK_I32};
  s->type = (dk_type){"cn.example.t", "doc", 0x10000, 40, &s->field, 1, sizeof(dk_field)};
  s->use = (dk_use){0x10000, 40, DK_WRITE, 0};
  s->method = (dk_method){.name = "M",
                          .use_count = 1,
                          .uses = &s->use,
                          .use_stride = sizeof(dk_use),
                          .invoke = does_nothing};
  s->plugin = (dk_plugin){.size = sizeof(dk_plugin),
                          .id = "cn.example",
                          .version = "1.0.0",
                          .types = &s->type,
                          .type_count = 1,
                          .type_stride = sizeof(dk_type),
                          .methods = &s->method,
                          .method_count = 1,
                          .method_stride = sizeof(dk_method)};
}

static char message[DKR_MESSAGE_MAX];

static dk_status describe(const sample *s, uint64_t size, uint64_t *used) {
  // Of exactly that size, so that the sanitizer sees what is written behind it.
  void *buffer = malloc(size ? size : 1);
  dk_status status = dkr_describe(&s->plugin, buffer, size, used, message);
  free(buffer);
  return status;
}

static void check_refused(const sample *s, const char *words) {
  uint64_t used;
  CHECK(describe(s, 65536, &used) == DK_INVALID_ARGUMENT);
  CHECK(strcmp(message, words) == 0);
  if (strcmp(message, words) != 0)
    fprintf(stderr, "  %s\n", message);
}

static void refusals(void) {
  sample s;
  CASE("a plugin of another size is refused");
  make_sample(&s);
  s.plugin.size = 80;
  check_refused(&s, "its dk_plugin has a size of 80 bytes; set it to sizeof(dk_plugin)");
  CASE("strides that are no structs' are refused");
  make_sample(&s);
  s.plugin.type_stride = 32;
  check_refused(&s,
                "its row types are 32 bytes apart; set the stride to sizeof(dk_type)");
  make_sample(&s);
  s.plugin.method_stride = 68;
  check_refused(
      &s,
      "cn.example: its methods are 68 bytes apart; set the stride to sizeof(dk_method)");
  make_sample(&s);
  s.method.use_stride = 65544;
  check_refused(&s, "cn.example/M: its uses are 65544 bytes apart; set the stride to "
                    "sizeof(dk_use)");
  make_sample(&s);
  s.type.field_stride = 0;
  check_refused(&s, "row type cn.example.t: its fields are 0 bytes apart; set the stride "
                    "to sizeof(dk_field)");
  make_sample(&s);
  s.field.value_stride = 16;
  check_refused(&s,
                "row type cn.example.t: field kind: its values are 16 bytes apart; set "
                "the stride to sizeof(dk_value)");
  CASE("too many elements are refused");
  make_sample(&s);
  s.type.field_count = 64;
  check_refused(&s, "row type cn.example.t: its fields number 64; 63 are allowed");
  make_sample(&s);
  s.plugin.method_count = 1025;
  check_refused(&s, "cn.example: its methods number 1025; 1024 are allowed");
  make_sample(&s);
  s.field.value_count = 4097;
  check_refused(&s, "row type cn.example.t: field kind: its values number 4097; 4096 are "
                    "allowed");
  CASE("an array that is not there is refused");
  make_sample(&s);
  s.plugin.types = NULL;
  check_refused(&s, "its row types number 1, but the array is NULL");
}

static void sizes(void) {
  CASE("a description fits into exactly its size, and into nothing smaller");
  sample s;
  uint64_t used, other;
  make_sample(&s);
  CHECK(describe(&s, 65536, &used) == DK_OK && used > 100 && message[0] == 0);
  CHECK(describe(&s, used, &other) == DK_OK && other == used);
  int refused = 1;
  for (uint64_t size = 0; size < used; size++)
    refused &= describe(&s, size, &other) == DK_RESOURCE_EXHAUSTED && message[0] != 0;
  CHECK(refused);
}

static void layout(void) {
  CASE("strings have their length in front, NULL has none, arrays their count");
  sample s;
  make_sample(&s);
  s.plugin.type_count = s.plugin.method_count = 0;
  uint8_t buffer[256];
  uint64_t used;
  CHECK(dkr_describe(&s.plugin, buffer, sizeof buffer, &used, message) == DK_OK);
  static const uint8_t expected[] =
      "\x58\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x0a\0\0\0cn.example\5\0\0\0001.0.0"
      "\xff\xff\xff\xff\0\0\0\0\0\0\0";
  CHECK(used == sizeof expected && memcmp(buffer, expected, used) == 0);
}

static void request_and_response(void) {
  CASE("a method's request and response stand behind has_invoke");
  sample s;
  make_sample(&s);
  s.method.request = 0x10000;
  s.method.response = 0x20000;
  uint8_t buffer[512];
  uint64_t used;
  CHECK(dkr_describe(&s.plugin, buffer, sizeof buffer, &used, message) == DK_OK);
  // has_invoke, request, response, and the one use: its count, type, row size and access.
  static const uint32_t expected[] = {1, 0x10000, 0x20000, 1, 0x10000, 40, DK_WRITE};
  CHECK(used > sizeof expected &&
        memcmp(buffer + used - sizeof expected, expected, sizeof expected) == 0);
}

/// A struct of a later version: what this program does not know stands behind what it knows.
typedef struct longer_type {
  dk_type type;
  uint64_t later;
} longer_type;

static void later_versions(void) {
  CASE("longer elements are read by their stride");
  sample s;
  make_sample(&s);
  longer_type types[2] = {{s.type, UINT64_MAX}, {s.type, UINT64_MAX}};
  s.plugin.types = &types[0].type;
  s.plugin.type_count = 2;
  s.plugin.type_stride = sizeof(longer_type);
  uint64_t used;
  CHECK(describe(&s, 65536, &used) == DK_OK);
}

counts test_describing(void) {
  refusals();
  sizes();
  layout();
  request_and_response();
  later_versions();
  return (counts){passed, failed};
}
