/// A plugin of plain functions: one that is described as it is, one that is not, and, where
/// DUIKOU_FUNCTIONS is set, a description that cannot be true.
#include "plugin.h"

#include <stdlib.h>

static int64_t doubles(int64_t number) {
  return 2 * number;
}

/// Described as if it took a number.
__attribute__((noinline)) static int64_t follows(const volatile int64_t *at) {
  return *at;
}

static const dk_argument number[] = {
    DK_ARGUMENT(number, DK_VALUE, DK_I64, NULL, "A number.")};
static const dk_argument result =
    DK_ARGUMENT(result, DK_VALUE, DK_I64, NULL, "What becomes of it.");
static const dk_function functions[] = {
    DK_FUNCTION(doubles, number, &result, 0x10001, 0x10002),
    DK_FUNCTION(follows, number, &result, 0x10003, 0x10004),
};
static const dk_function impossible =
    DK_FUNCTION(NULL, number, &result, 0x10001, 0x10002);

static const dk_method methods[] = {{.name = "Double", .function = &functions[0]},
                                    {.name = "Follow", .function = &functions[1]}};
static const dk_method wrong[] = {{.name = "Wrong", .function = &impossible}};

#define ID      "cn.example.functions"
#define VERSION "1.0.0"

#define OF(all)                                                                          \
  {                                                                                      \
    .size = sizeof(dk_plugin), .id = ID, .version = VERSION, .methods = all,             \
    .method_count = DK_COUNT(all), .method_stride = sizeof(dk_method)                    \
  }
static const dk_plugin good_plugin = OF(methods), wrong_plugin = OF(wrong);

DK_NOTE(ID, VERSION);

DK_EXPORT const dk_plugin *duikou_plugin_v1(const dk_host *host) {
  (void)host;
  return getenv("DUIKOU_FUNCTIONS") ? &wrong_plugin : &good_plugin;
}
