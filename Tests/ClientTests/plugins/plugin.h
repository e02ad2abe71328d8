/// What the plugins of these tests have in common.
#ifndef PLUGIN_H
#define PLUGIN_H

#include <duikou.h>
#include <stdlib.h>
#include <string.h>

/// The host, for log lines.
static const dk_host *the_host;

static inline void log_line(const char *line) {
  the_host->log(the_host, DK_LOG_INFO, line, (uint32_t)strlen(line));
}

/// The one row of a request that is a row.
static inline const void *request_row(const dk_call *call) {
  return dk_row_at(call->image, dk_find(call->image, call->method->request), 0);
}

/// The one row of a response that is a row; NULL where the call has failed.
static inline void *response_row(dk_call *call) {
  return call->append(call, call->method->response, 1, NULL);
}

/// One row in, one row out.
#define USES(name, request_type, request_id, response_type, response_id)                 \
  static const dk_use name[] = {{request_id, sizeof(request_type), DK_READ, 0},          \
                                {response_id, sizeof(response_type), DK_WRITE, 0}}

#define METHOD(method_name, the_flags, the_uses, request_id, response_id, function)      \
  {                                                                                      \
    .name = method_name, .doc = "Is called by the tests.", .role = DK_CUSTOM,            \
    .flags = the_flags, .use_count = DK_COUNT(the_uses), .uses = the_uses,               \
    .use_stride = sizeof(dk_use), .invoke = function, .request = request_id,             \
    .response = response_id                                                              \
  }

#define TYPE(type_name, id, type, fields)                                                \
  {                                                                                      \
    type_name, "A row of the tests.", id, sizeof(type), fields, DK_COUNT(fields),        \
        sizeof(dk_field)                                                                 \
  }

/// Exports the plugin, whose arrays are called `types` and `methods`.
#define PLUGIN(plugin_id, plugin_version) PLUGIN_WITH(plugin_id, plugin_version, NULL)

/// The same with a `create` function.
#define PLUGIN_WITH(plugin_id, plugin_version, create_function)                          \
  static const dk_plugin plugin = {.size = sizeof(dk_plugin),                            \
                                   .id = plugin_id,                                      \
                                   .version = plugin_version,                            \
                                   .doc = "A plugin of the tests.",                      \
                                   .types = types,                                       \
                                   .type_count = DK_COUNT(types),                        \
                                   .type_stride = sizeof(dk_type),                       \
                                   .methods = methods,                                   \
                                   .method_count = DK_COUNT(methods),                    \
                                   .method_stride = sizeof(dk_method),                   \
                                   .create = create_function};                           \
  DK_NOTE(plugin_id, plugin_version);                                                    \
  const dk_plugin *duikou_plugin_v1(const dk_host *host) {                               \
    the_host = host;                                                                     \
    return &plugin;                                                                      \
  }

#endif
