#include "duikou_worker.h"
#include "lists.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/// What is being written, and whether it still goes well.
typedef struct flat {
  uint8_t *at, *end;
  char *message;
  dk_status status;
} flat;

static void refuse(flat *f, dk_status status, const char *format, ...) {
  if (f->status != DK_OK)
    return;
  f->status = status;
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(f->message, DKR_MESSAGE_MAX, format, arguments);
  va_end(arguments);
}

static void put(flat *f, const void *bytes, uint64_t size) {
  if (f->status != DK_OK)
    return;
  if (size > (uint64_t)(f->end - f->at)) {
    refuse(f, DK_RESOURCE_EXHAUSTED, "its description is too long");
    return;
  }
  if (size)
    memcpy(f->at, bytes, size);
  f->at += size;
}

static void put_u32(flat *f, uint32_t number) {
  put(f, &number, sizeof number);
}

static void put_string(flat *f, const char *string) {
  size_t len = string ? strlen(string) : 0;
  put_u32(f, string ? (uint32_t)len : UINT32_MAX);
  put(f, string, len);
}

/// Writes the count of an array that may be read; returns 0 where it may not.
static int begin_list(flat *f, dkr_list l, uint32_t least, uint32_t most,
                      const char *name, const char *type) {
  char sentence[DKR_MESSAGE_MAX];
  if (!dkr_is_list(l, least, most, name, type, sentence))
    refuse(f, DK_INVALID_ARGUMENT, "%s", sentence);
  put_u32(f, l.count);
  return f->status == DK_OK;
}

static const char *name_or(const char *name) {
  return name ? name : "without a name";
}

static void put_values(flat *f, const dk_field *field, const char *type) {
  char name[256];
  snprintf(name, sizeof name, "row type %s: field %s: its values", name_or(type),
           name_or(field->name));
  dkr_list l = {(const char *)field->values, field->value_count, field->value_stride};
  if (!begin_list(f, l, DK_VALUE_SIZE_V1, DKR_VALUES_MAX, name, "dk_value"))
    return;
  for (uint32_t i = 0; i < l.count; i++, l.at += l.stride) {
    dk_value value;
    dkr_read_prefix(&value, sizeof value, l.at, l.stride);
    put_string(f, value.name);
    put_string(f, value.doc);
    put(f, &value.value, sizeof value.value);
  }
}

static void put_fields(flat *f, const dk_type *type) {
  char name[256];
  snprintf(name, sizeof name, "row type %s: its fields", name_or(type->name));
  dkr_list l = {(const char *)type->fields, type->field_count, type->field_stride};
  if (!begin_list(f, l, DK_FIELD_SIZE_V1, DKR_FIELDS_MAX, name, "dk_field"))
    return;
  for (uint32_t i = 0; i < l.count; i++, l.at += l.stride) {
    dk_field field;
    dkr_read_prefix(&field, sizeof field, l.at, l.stride);
    put_string(f, field.name);
    put_string(f, field.doc);
    put_string(f, field.unit);
    put_u32(f, field.number);
    put_u32(f, field.offset);
    put_u32(f, field.kind);
    put_u32(f, field.flags);
    put_u32(f, field.target);
    put_values(f, &field, type->name);
  }
}

static void put_types(flat *f, const dk_plugin *plugin) {
  dkr_list l = {(const char *)plugin->types, plugin->type_count, plugin->type_stride};
  if (!begin_list(f, l, DK_TYPE_SIZE_V1, DKR_ELEMENTS_MAX, "its row types", "dk_type"))
    return;
  for (uint32_t i = 0; i < l.count; i++, l.at += l.stride) {
    dk_type type;
    dkr_read_prefix(&type, sizeof type, l.at, l.stride);
    put_string(f, type.name);
    put_string(f, type.doc);
    put_u32(f, type.id);
    put_u32(f, type.size);
    put_fields(f, &type);
  }
}

static void put_uses(flat *f, const dk_method *method, const char *id) {
  char name[256];
  snprintf(name, sizeof name, "%s/%s: its uses", name_or(id), name_or(method->name));
  uint64_t stride = method->use_stride;
  dkr_list l = {(const char *)method->uses, method->use_count,
                stride > UINT32_MAX ? UINT32_MAX : (uint32_t)stride};
  if (!begin_list(f, l, DK_USE_SIZE_V1, DKR_ELEMENTS_MAX, name, "dk_use"))
    return;
  for (uint32_t i = 0; i < l.count; i++, l.at += l.stride) {
    dk_use use;
    dkr_read_prefix(&use, sizeof use, l.at, l.stride);
    put_u32(f, use.type);
    put_u32(f, use.row_size);
    put_u32(f, use.access);
  }
}

static void put_methods(flat *f, const dk_plugin *plugin) {
  char name[256];
  snprintf(name, sizeof name, "%s: its methods", name_or(plugin->id));
  dkr_list l = {(const char *)plugin->methods, plugin->method_count,
                plugin->method_stride};
  if (!begin_list(f, l, DK_METHOD_SIZE_V1, DKR_ELEMENTS_MAX, name, "dk_method"))
    return;
  for (uint32_t i = 0; i < l.count; i++, l.at += l.stride) {
    dk_method method;
    dkr_read_prefix(&method, sizeof method, l.at, l.stride);
    put_string(f, method.name);
    put_string(f, method.doc);
    put_string(f, method.media);
    put_u32(f, method.role);
    put_u32(f, method.flags);
    put_u32(f, method.concurrency);
    put_u32(f, method.invoke != NULL);
    put_u32(f, method.request);
    put_u32(f, method.response);
    put_uses(f, &method, plugin->id);
  }
}

dk_status dkr_describe(const dk_plugin *source, void *buffer, uint64_t size,
                       uint64_t *used, char message[DKR_MESSAGE_MAX]) {
  flat f = {
      .at = buffer, .end = (uint8_t *)buffer + size, .message = message, .status = DK_OK};
  message[0] = 0;
  uint32_t stated = source->size;
  if (!dkr_is_stride(stated, DK_PLUGIN_SIZE_V1)) {
    refuse(&f, DK_INVALID_ARGUMENT,
           "its dk_plugin has a size of %u bytes; set it to sizeof(dk_plugin)", stated);
    return f.status;
  }
  dk_plugin plugin;
  dkr_read_prefix(&plugin, sizeof plugin, source, stated);
  put_u32(&f, plugin.size);
  put_u32(&f, plugin.abi_built);
  put_u32(&f, plugin.abi_needed);
  put_u32(&f, plugin.config);
  put_string(&f, plugin.id);
  put_string(&f, plugin.version);
  put_string(&f, plugin.doc);
  put_types(&f, &plugin);
  put_methods(&f, &plugin);
  *used = (uint64_t)(f.at - (uint8_t *)buffer);
  return f.status;
}
