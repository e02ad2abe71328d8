/// What becomes of a plugin whose methods are functions: its types, uses and description.
#include "check.h"
#include "duikou_worker.h"
#include "harness.h"
#include "tests.h"

#include <stdlib.h>

typedef struct place {
  double lng, lat;
  uint64_t id; ///< is not described
} place;

static int32_t looks(const place *from, const char *what, double *height) {
  *height = from->lat;
  return what != NULL;
}

static const dk_value answers[] = {{"no", "Nothing.", 0}, {"yes", NULL, 1}};
static const dk_field members[] = {
    DK_FIELD_UNIT(place, lng, 0, DK_F64, "rad", "East is positive."),
    DK_FIELD(place, lat, 0, DK_F64, NULL),
};
static const dk_argument arguments[] = {
    {"from", "Where it is.", "degree", NULL, members, DK_STRUCT, DK_POINTER,
     sizeof(place), 0, 0, 2, sizeof(dk_field), 0},
    DK_ARGUMENT(what, DK_VALUE, DK_STRING, NULL, "What is looked for."),
    DK_ARGUMENT(height, DK_OUT, DK_F64, "m", "How high."),
};
static const dk_argument result =
    DK_ARGUMENT_ENUM(found, DK_VALUE, DK_I32, answers, "Whether.");
static const dk_function function =
    DK_FUNCTION(looks, arguments, &result, 0x10001, 0x10002);

static const dk_field own_field = {
    .name = "a", .number = 1, .offset = 32, .kind = DK_I64};
static const dk_type own_types[] = {
    {"cn.example.sky.star", "A star.", 0x20000, 40, &own_field, 1, sizeof(dk_field)}};
static const dk_use own_use = {0x20000, 40, DK_WRITE, 0};

/// A method of a later version: what this program does not know stands behind what it knows.
typedef struct later_method {
  dk_method method;
  uint64_t later;
} later_method;

static dk_status says_which(void *self, dk_call *call);

static const later_method methods[] = {
    {{.name = "First",
      .request = 0x20000,
      .response = 0x20000,
      .use_count = 1,
      .uses = &own_use,
      .use_stride = sizeof(dk_use),
      .invoke = says_which},
     UINT64_MAX},
    {{.name = "LookAround",
      .doc = "Looks around.",
      .flags = DK_PURE,
      .concurrency = 2,
      .function = &function},
     UINT64_MAX},
    {{.name = "Third", .invoke = says_which}, UINT64_MAX},
};

static const dk_plugin plugin = {.size = sizeof(dk_plugin),
                                 .id = "cn.example.sky",
                                 .version = "1.0.0",
                                 .types = own_types,
                                 .type_count = 1,
                                 .type_stride = sizeof(dk_type),
                                 .methods = &methods[0].method,
                                 .method_count = 3,
                                 .method_stride = sizeof(later_method)};

/// Tells which method it is by the address, as a plugin may.
static dk_status says_which(void *self, dk_call *call) {
  uint64_t *which = self;
  *which = (uint64_t)((const later_method *)(const void *)call->method - methods);
  return DK_OK;
}

static const dk_plugin *adopted_plugin(void) {
  char message[DKR_MESSAGE_MAX];
  const dk_plugin *adopted = adopt(&plugin, message);
  CHECK(adopted != NULL && adopted != &plugin);
  if (!adopted)
    abort();
  return adopted;
}

/// Whether a field is as expected; a NULL text stands for none.
static int is_field(const dk_field *field, uint32_t number, const char *name,
                    uint32_t kind, const char *unit, const char *doc) {
  return field->number == number && field->offset == 32 + 8 * (number - 1) &&
         field->kind == kind && field->flags == 0 && field->target == 0 &&
         strcmp(field->name, name) == 0 &&
         (unit ? field->unit && strcmp(field->unit, unit) == 0 : !field->unit) &&
         (doc ? field->doc && strcmp(field->doc, doc) == 0 : !field->doc);
}

static void types(void) {
  const dk_plugin *adopted = adopted_plugin();
  CASE("the row types stand behind the plugin's own");
  CHECK(adopted->type_count == 3 && adopted->types[0].id == 0x20000 &&
        adopted->types[0].fields == &own_field);
  const dk_type *request = &adopted->types[1], *response = &adopted->types[2];
  CHECK(strcmp(request->name, "cn.example.sky.look_around_request") == 0);
  CHECK(strcmp(response->name, "cn.example.sky.look_around_response") == 0);
  CHECK(request->id == 0x10001 && request->size == 56 && request->field_count == 3);
  CHECK(response->id == 0x10002 && response->size == 48 && response->field_count == 2);
  CASE("fields stand in the order of the arguments, and have their words");
  const dk_field *f = request->fields;
  CHECK(is_field(&f[0], 1, "from_lng", DK_F64, "rad", "East is positive."));
  CHECK(is_field(&f[1], 2, "from_lat", DK_F64, "degree", "Where it is."));
  CHECK(is_field(&f[2], 3, "what", DK_STRING, NULL, "What is looked for."));
  f = response->fields;
  CHECK(is_field(&f[0], 1, "height", DK_F64, "m", "How high."));
  CHECK(is_field(&f[1], 2, "found", DK_I32, NULL, "Whether."));
  CHECK(f[1].values == answers && f[1].value_count == 2 &&
        f[1].value_stride == sizeof(dk_value));
}

static void uses(void) {
  const dk_plugin *adopted = adopted_plugin();
  const dk_method *method = find_method(adopted, "LookAround");
  CASE("the two rows are the method's uses, and what else it states stays");
  CHECK(method->request == 0x10001 && method->response == 0x10002);
  CHECK(method->use_count == 2 && method->use_stride == sizeof(dk_use));
  CHECK(method->uses[0].type == 0x10001 && method->uses[0].row_size == 56 &&
        method->uses[0].access == DK_READ);
  CHECK(method->uses[1].type == 0x10002 && method->uses[1].row_size == 48 &&
        method->uses[1].access == DK_WRITE);
  CHECK(method->flags == DK_PURE && method->concurrency == 2 && method->invoke != NULL);
  CHECK(method->role == DK_CUSTOM && strcmp(method->doc, "Looks around.") == 0);
  CASE("it can be called");
  answer a = ask(adopted, "LookAround", "from_lng=1;from_lat=2.5;what=");
  CHECK(a.status == DK_OK && strcmp(a.text, "height=2.5;found=1") == 0);
}

static void other_methods(void) {
  const dk_plugin *adopted = adopted_plugin();
  CASE("other methods stay as they are, and know themselves by their address");
  static const struct {
    const char *name;
    uint64_t index;
  } others[] = {{"First", 0}, {"Third", 2}};
  dkr_context *context = new_context();
  static const dk_image empty = {.magic = DK_IMAGE_MAGIC, .size = sizeof empty};
  for (uint32_t i = 0; i < DK_COUNT(others); i++) {
    const dk_method *method = find_method(adopted, others[i].name);
    uint64_t which = 99;
    dkr_request request = {.image = &empty, .deadline_ns = INT64_MAX};
    CHECK(dkr_invoke(context, method, &which, &request) == DK_OK);
    CHECK(which == others[i].index);
  }
  dkr_context_destroy(context);
  CHECK(find_method(adopted, "First")->uses == &own_use);
}

static void without_functions(void) {
  char message[DKR_MESSAGE_MAX];
  CASE("a plugin without functions is the same plugin");
  dk_plugin none = plugin;
  none.method_count = 1;
  CHECK(adopt(&none, message) == &none);
  none.method_count = 0;
  CHECK(adopt(&none, message) == &none);
  CASE("so is one whose lists cannot be read");
  dk_plugin bad = plugin;
  bad.size = 80;
  CHECK(adopt(&bad, message) == &bad);
  bad = plugin;
  bad.method_stride = 72;
  CHECK(adopt(&bad, message) == &bad);
  bad = plugin;
  bad.types = NULL;
  CHECK(adopt(&bad, message) == &bad);
  CASE("a method with neither stays without invoke");
  dk_method methods_of_two[] = {methods[1].method, {.name = "Nothing"}};
  dk_plugin two = plugin;
  two.methods = methods_of_two;
  two.method_count = 2;
  two.method_stride = sizeof(dk_method);
  const dk_plugin *adopted = adopt(&two, message);
  CHECK(adopted && find_method(adopted, "Nothing")->invoke == NULL);
}

static void many_functions(void) {
  static dk_method of_many[600];
  for (uint32_t i = 0; i < DK_COUNT(of_many); i++)
    of_many[i] = (dk_method){.name = "Many", .function = &function};
  dk_plugin many = plugin;
  many.methods = of_many;
  many.method_count = 600;
  many.method_stride = sizeof(dk_method);
  const dk_plugin *adopted;
  char message[DKR_MESSAGE_MAX];
  CASE("more functions than there is room for are told in those words");
  CHECK(dkr_adopt(&many, &adopted, message) == DK_INVALID_ARGUMENT);
  CHECK(adopted == &many &&
        strcmp(message,
               "the plugin: its functions number 600 and have two row types "
               "each; with its own 1 these are 1201, and 1024 are allowed") == 0);
}

static void most_functions(void) {
  enum { MOST = 512 };
  static dk_function functions[MOST];
  static dk_method of_most[MOST];
  static char method_names[MOST][16];
  for (uint32_t i = 0; i < MOST; i++) {
    functions[i] = (dk_function)DK_FUNCTION(looks, arguments, &result, 0x10001 + 2 * i,
                                            0x10002 + 2 * i);
    snprintf(method_names[i], sizeof method_names[i], "Many%u", i);
    of_most[i] = (dk_method){.name = method_names[i], .function = &functions[i]};
  }
  dk_plugin most = plugin;
  most.methods = of_most;
  most.method_count = MOST;
  most.method_stride = sizeof(dk_method);
  most.type_count = 0;
  char message[DKR_MESSAGE_MAX];
  CASE("as many functions as there is room for");
  const dk_plugin *adopted = adopt(&most, message);
  CHECK(adopted && adopted->type_count == 1024);
  CASE("one row type more");
  most.type_count = 1;
  CHECK(!adopt(&most, message));
}

static void description(void) {
  CASE("the description has request and response, and says that it can be invoked");
  const dk_plugin *adopted = adopted_plugin();
  uint8_t buffer[4096];
  uint64_t used;
  char message[DKR_MESSAGE_MAX];
  CHECK(dkr_describe(adopted, buffer, sizeof buffer, &used, message) == DK_OK);
  // media, role, flags, concurrency, has_invoke, request, response, and the count of uses.
  static const uint32_t expected[] = {UINT32_MAX, DK_CUSTOM, DK_PURE, 2,
                                      1,          0x10001,   0x10002, 2};
  static const char doc[] = "Looks around.";
  const uint8_t *at = NULL;
  for (uint64_t i = 0; !at && i + sizeof doc + sizeof expected < used; i++)
    if (memcmp(buffer + i, doc, sizeof doc - 1) == 0)
      at = buffer + i + sizeof doc - 1;
  CHECK(at && memcmp(at, expected, sizeof expected) == 0);
}

static void names(void) {
  static const char *const cases[][2] = {
      {"Look", "look"},
      {"AngularDistance", "angular_distance"},
      {"HTTPServer", "http_server"},
      {"Wgs84Point", "wgs84_point"},
      {"X", "x"},
      {"ToUTC", "to_utc"},
      {"A1B2", "a1_b2"},
      {"ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKL",
       "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl"},
  };
  for (uint32_t i = 0; i < DK_COUNT(cases); i++) {
    CASE(cases[i][0]);
    dk_method method = methods[1].method;
    method.name = cases[i][0];
    dk_plugin named = plugin;
    named.methods = &method;
    named.method_count = 1;
    char message[DKR_MESSAGE_MAX], expected[128];
    const dk_plugin *adopted = adopt(&named, message);
    snprintf(expected, sizeof expected, "cn.example.sky.%s_request", cases[i][1]);
    CHECK(adopted && strcmp(adopted->types[1].name, expected) == 0);
  }
}

counts test_adopting(void) {
  types();
  uses();
  other_methods();
  without_functions();
  many_functions();
  most_functions();
  description();
  names();
  return (counts){passed, failed};
}
