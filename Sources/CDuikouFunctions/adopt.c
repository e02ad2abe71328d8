#define _GNU_SOURCE
#include "function.h"
#include "names.h"

#include <stdio.h>
#include <string.h>

/// A method of the copy. Calls lead here, since `call->method` is its first member.
typedef struct adopted_method {
  dk_method method;
  const dk_method *original;
  const dkr_function *function; ///< NULL for a method with an invoke of its own
} adopted_method;

/// The copy of a plugin, which keeps everything that was made for it.
typedef struct adopted_plugin {
  dk_plugin plugin;
  dkr_chunk *chunks;
} adopted_plugin;

static const adopted_method *method_of(const dk_call *call) {
  return (const adopted_method *)(const void *)call->method;
}

static dk_status invoke_function(void *self, dk_call *call) {
  (void)self;
  return dkr_call_function(method_of(call)->function, call);
}

/// Plugins may tell their methods apart by their addresses.
static dk_status invoke_original(void *self, dk_call *call) {
  const dk_method *original = method_of(call)->original;
  call->method = original;
  return original->invoke(self, call);
}

/// Reads the plugin; returns 0 where its lists cannot be read, which dkr_describe refuses.
static int read_plugin(const dk_plugin *source, dk_plugin *plugin) {
  if (!dkr_is_stride(source->size, DK_PLUGIN_SIZE_V1))
    return 0;
  dkr_read_prefix(plugin, sizeof *plugin, source, source->size);
  char sentence[DKR_MESSAGE_MAX];
  dkr_list types = {(const char *)plugin->types, plugin->type_count, plugin->type_stride};
  dkr_list methods = {(const char *)plugin->methods, plugin->method_count,
                      plugin->method_stride};
  return dkr_is_list(types, DK_TYPE_SIZE_V1, DKR_ELEMENTS_MAX, "", "", sentence) &&
         dkr_is_list(methods, DK_METHOD_SIZE_V1, DKR_ELEMENTS_MAX, "", "", sentence);
}

static const dk_method *method_at(const dk_plugin *plugin, uint32_t index) {
  return (const dk_method *)(const void *)((const char *)plugin->methods +
                                           (uint64_t)index * plugin->method_stride);
}

static uint32_t count_functions(const dk_plugin *plugin) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < plugin->method_count; i++)
    count += method_at(plugin, i)->function != NULL;
  return count;
}

/// Checks that the row types that are made have room beside the plugin's own.
static int check_count(dkr_making *m, const dk_plugin *plugin, uint32_t functions) {
  uint32_t count = plugin->type_count + 2 * functions;
  return count <= DKR_ELEMENTS_MAX ||
         dkr_refuse(
             m,
             "its functions number %u and have two row types each; with its own %u "
             "these are %u, and %d are allowed",
             functions, plugin->type_count, count, DKR_ELEMENTS_MAX);
}

/// Checks a row type that is made against those before it.
static int check_type(dkr_making *m, const dk_type *types, uint32_t count,
                      const dk_type *added) {
  if (added->id <= 0xffff)
    return dkr_refuse(m, "row type %s has the reserved id %u; choose one above 0xffff",
                      added->name, added->id);
  for (uint32_t i = 0; i < count; i++) {
    if (types[i].id == added->id)
      return dkr_refuse(m, "row types %s and %s have the same id 0x%x", types[i].name,
                        added->name, added->id);
    if (types[i].name && strcmp(types[i].name, added->name) == 0)
      return dkr_refuse(m, "two row types are called %s", added->name);
  }
  return 1;
}

/// The list of row types: the plugin's own, with room for two a function.
static dk_type *copy_types(dkr_making *m, const dk_plugin *plugin, uint32_t functions) {
  dk_type *types =
      dkr_make(m, (uint64_t)plugin->type_count + 2 * functions, sizeof *types);
  const char *at = (const char *)plugin->types;
  for (uint32_t i = 0; types && i < plugin->type_count; i++, at += plugin->type_stride)
    dkr_read_prefix(&types[i], sizeof types[i], at, plugin->type_stride);
  return types;
}

static void use_function(adopted_method *to, dkr_function *f) {
  to->function = f;
  to->method.function = NULL;
  to->method.invoke = invoke_function;
  to->method.request = f->request;
  to->method.response = f->response;
  to->method.uses = f->uses;
  to->method.use_count = DK_COUNT(f->uses);
  to->method.use_stride = sizeof(dk_use);
}

static int adopt_methods(dkr_making *m, dk_plugin *plugin, uint32_t functions) {
  dk_type *types = copy_types(m, plugin, functions);
  adopted_method *methods = dkr_make(m, plugin->method_count, sizeof *methods);
  if (!types || !methods)
    return 0;
  uint32_t type_count = plugin->type_count;
  for (uint32_t i = 0; i < plugin->method_count; i++) {
    const dk_method *original = method_at(plugin, i);
    adopted_method *to = &methods[i];
    to->original = original;
    dkr_read_prefix(&to->method, sizeof to->method, original, plugin->method_stride);
    if (!to->method.function) {
      to->method.invoke = original->invoke ? invoke_original : NULL;
      continue;
    }
    snprintf(m->where, sizeof m->where, "%s: method %u", plugin->id, i + 1);
    dkr_function *f = dkr_make_function(m, plugin->id, &to->method);
    for (uint32_t row = 0; f && row < DK_COUNT(f->rows); row++) {
      if (!check_type(m, types, type_count, &f->rows[row]))
        return 0;
      types[type_count++] = f->rows[row];
    }
    if (!f)
      return 0;
    use_function(to, f);
  }
  plugin->types = types;
  plugin->type_count = type_count;
  plugin->type_stride = sizeof *types;
  plugin->methods = &methods->method;
  plugin->method_stride = sizeof *methods;
  return 1;
}

dk_status dkr_adopt(const dk_plugin *source, const dk_plugin **adopted,
                    char message[DKR_MESSAGE_MAX]) {
  dk_plugin plugin;
  message[0] = 0;
  *adopted = source;
  if (!read_plugin(source, &plugin))
    return DK_OK;
  uint32_t functions = count_functions(&plugin);
  if (functions == 0)
    return DK_OK;
  dkr_making m = {.status = DK_OK, .message = message, .where = "the plugin"};
  if (!plugin.id || strnlen(plugin.id, DKR_PLUGIN_ID_MAX + 1) > DKR_PLUGIN_ID_MAX)
    dkr_refuse(&m, "its id is NULL or has more than %d bytes", DKR_PLUGIN_ID_MAX);
  adopted_plugin *copy = m.status == DK_OK && check_count(&m, &plugin, functions)
                             ? dkr_make(&m, 1, sizeof *copy)
                             : NULL;
  if (!copy || !adopt_methods(&m, &plugin, functions)) {
    dkr_unmake(&m);
    return m.status;
  }
  plugin.size = sizeof plugin;
  *copy = (adopted_plugin){plugin, m.chunks};
  *adopted = &copy->plugin;
  return DK_OK;
}
