/// What the plugins of these tests have in common: a table of methods, and how to export it.
#ifndef WORKER_TESTS_PLUGIN_H
#define WORKER_TESTS_PLUGIN_H

#include "duikou.h"

static const dk_use writes_places[] = {{DK_PLACE, sizeof(dk_place), DK_WRITE, 0}};

#define METHOD(method_name, method_doc, function)                                        \
  {                                                                                      \
    .name = method_name, .doc = method_doc, .invoke = function, .uses = writes_places,   \
    .use_count = 1, .use_stride = sizeof(dk_use)                                         \
  }

#define PLUGIN(methods, ...)                                                             \
  static const dk_plugin plugin = {.size = sizeof(dk_plugin),                            \
                                   .id = "cn.example.test",                              \
                                   .version = "1.0.0",                                   \
                                   .methods = methods,                                   \
                                   .method_count = DK_COUNT(methods),                    \
                                   .method_stride = sizeof(dk_method),                   \
                                   __VA_ARGS__};                                         \
  DK_NOTE("cn.example.test", "1.0.0");                                                   \
  DK_EXPORT const dk_plugin *duikou_plugin_v1(const dk_host *host) {                     \
    (void)host;                                                                          \
    return &plugin;                                                                      \
  }

#endif
