#include "harness.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *allocate(size_t size) {
  void *memory = calloc(1, size ? size : 1);
  if (!memory)
    abort();
  return memory;
}

const dk_plugin *adopt(const dk_plugin *plugin, char message[DKR_MESSAGE_MAX]) {
  static struct kept {
    struct kept *next;
    const dk_plugin *plugin;
  } * kept;
  const dk_plugin *adopted;
  if (dkr_adopt(plugin, &adopted, message) != DK_OK)
    return NULL;
  struct kept *one = allocate(sizeof *one);
  *one = (struct kept){kept, adopted};
  kept = one;
  return adopted;
}

const dk_plugin *adopt_library(const char *library) {
  static const dk_host host = {.size = sizeof host, .abi_minor = DK_ABI_MINOR};
  char message[DKR_MESSAGE_MAX];
  dkr_entry entry;
  if (dkr_open(library, &entry, message) == DK_OK) {
    const dk_plugin *adopted = adopt(entry(&host), message);
    if (adopted)
      return adopted;
  }
  fprintf(stderr, "%s: %s\n", library, message);
  exit(2);
}

double number_in(const answer *a, const char *field) {
  size_t len = strlen(field);
  for (const char *at = a->text; at && *at; at = strchr(at, ';')) {
    at += *at == ';';
    if (strncmp(at, field, len) == 0 && at[len] == '=')
      return strtod(at + len + 1, NULL);
  }
  return NAN;
}

const dk_method *find_method(const dk_plugin *plugin, const char *name) {
  const char *at = (const char *)plugin->methods;
  for (uint32_t i = 0; i < plugin->method_count; i++, at += plugin->method_stride) {
    const dk_method *method = (const dk_method *)(const void *)at;
    if (strcmp(method->name, name) == 0)
      return method;
  }
  return NULL;
}

const dk_type *find_type(const dk_plugin *plugin, uint32_t id) {
  for (uint32_t i = 0; i < plugin->type_count; i++)
    if (plugin->types[i].id == id)
      return &plugin->types[i];
  return NULL;
}

/// An image that is being written.
typedef struct request {
  char row[1024];
  char pool[1 << 17];
  uint32_t pool_size;
} request;

static const dk_field *find_field(const dk_type *type, const char *name, size_t len) {
  for (uint32_t i = 0; i < type->field_count; i++)
    if (strlen(type->fields[i].name) == len &&
        memcmp(type->fields[i].name, name, len) == 0)
      return &type->fields[i];
  fprintf(stderr, "%s has no field %.*s\n", type->name, (int)len, name);
  abort();
}

static dk_str put_text(request *r, const char *text, size_t len) {
  dk_str string = {r->pool_size, 0};
  for (size_t i = 0; i < len; i++) {
    unsigned byte = (unsigned char)text[i];
    if (text[i] == '%' && i + 2 < len && sscanf(text + i + 1, "%2x", &byte) == 1)
      i += 2;
    r->pool[r->pool_size++] = (char)byte;
  }
  string.len = r->pool_size - string.off;
  return string;
}

static void put_value(request *r, const dk_field *field, const char *text, size_t len) {
  char number[64] = "";
  snprintf(number, sizeof number, "%.*s", len < 63 ? (int)len : 63, text);
  int64_t whole = number[0] == '-' ? (int64_t)strtoll(number, NULL, 0)
                                   : (int64_t)strtoull(number, NULL, 0);
  uint32_t half = (uint32_t)whole;
  double real = strtod(number, NULL);
  dk_str string;
  void *to = r->row + field->offset;
  switch (field->kind) {
  case DK_I32:
  case DK_U32:
    memcpy(to, &half, sizeof half);
    break;
  case DK_F64:
    memcpy(to, &real, sizeof real);
    break;
  case DK_STRING:
  case DK_BYTES:
    string = put_text(r, text, len);
    memcpy(to, &string, sizeof string);
    return;
  default:
    memcpy(to, &whole, sizeof whole);
  }
  // As the host: a value with a name has no bit.
  if (!field->value_count)
    ((dk_row *)(void *)r->row)->has |= DK_BIT(field->number);
}

static void read_request(request *r, const dk_type *type, const char *text) {
  memset(r, 0, sizeof *r);
  r->pool_size = 1;
  while (*text) {
    size_t name = strcspn(text, "="), len = strcspn(text + name + 1, ";");
    put_value(r, find_field(type, text, name), text + name + 1, len);
    text += name + 1 + len;
    text += *text == ';';
  }
}

/// Memory of exactly the image's size, so that a read behind its end shows.
static dk_image *new_image(const request *r, const dk_type *type, uint32_t rows) {
  uint64_t rows_off = sizeof(dk_image) + sizeof(dk_table);
  uint64_t pool_off = rows_off + (uint64_t)rows * type->size;
  uint64_t size = pool_off + r->pool_size;
  char *block = allocate(size);
  dk_image *image = (dk_image *)(void *)block;
  *image = (dk_image){.magic = DK_IMAGE_MAGIC,
                      .table_stride = sizeof(dk_table),
                      .size = size,
                      .tables_off = sizeof(dk_image),
                      .table_count = 1,
                      .pool_off = pool_off,
                      .pool_size = r->pool_size,
                      .text_off = size};
  dk_table table = {type->id, type->size, rows_off, rows, 0};
  memcpy(block + sizeof(dk_image), &table, sizeof table);
  for (uint32_t i = 0; i < rows; i++)
    memcpy(block + rows_off + (uint64_t)i * type->size, r->row, type->size);
  memcpy(block + pool_off, r->pool, r->pool_size);
  return image;
}

/// What a response has under way.
typedef struct printed {
  char *text;
  size_t used;
} printed;

static void print_name(printed *p, const dk_field *field) {
  p->used += (size_t)snprintf(p->text + p->used, ANSWER_SIZE - p->used,
                              "%s%s=", p->used ? ";" : "", field->name);
}

static void print_number(printed *p, const dk_field *field, const void *at) {
  int64_t whole = 0;
  double real;
  memcpy(&whole, at, field->kind == DK_I32 || field->kind == DK_U32 ? 4 : 8);
  memcpy(&real, at, sizeof real);
  char *to = p->text + p->used;
  size_t room = ANSWER_SIZE - p->used;
  if (field->kind == DK_F64)
    p->used += (size_t)snprintf(to, room, "%.12g", real);
  else if (field->kind == DK_I32)
    p->used += (size_t)snprintf(to, room, "%" PRId32, (int32_t)whole);
  else if (field->kind == DK_I64)
    p->used += (size_t)snprintf(to, room, "%" PRId64, whole);
  else
    p->used += (size_t)snprintf(to, room, "%" PRIu64, (uint64_t)whole);
}

static void print_row(answer *a, const dk_type *type, const char *row, const char *pool,
                      uint64_t pool_base) {
  printed p = {a->text, 0};
  for (uint32_t i = 0; i < type->field_count; i++) {
    const dk_field *field = &type->fields[i];
    dk_str string;
    if (field->kind == DK_STRING || field->kind == DK_BYTES) {
      memcpy(&string, row + field->offset, sizeof string);
      if (!string.off)
        continue;
      print_name(&p, field);
      p.used += (size_t)snprintf(p.text + p.used, ANSWER_SIZE - p.used, "%.*s",
                                 (int)string.len, pool + (string.off - pool_base));
    } else if (((const dk_row *)(const void *)row)->has & DK_BIT(field->number)) {
      print_name(&p, field);
      print_number(&p, field, row + field->offset);
    }
  }
}

static void print_output(answer *a, const dkr_output *output, const dk_type *type) {
  const char *base = (const char *)output;
  if (a->status != DK_OK) {
    snprintf(a->text, ANSWER_SIZE, "%.*s", (int)output->message_len,
             base + output->message_off);
    return;
  }
  const dkr_segment *segments =
      (const dkr_segment *)(const void *)(base + output->segments_off);
  if (output->segment_count != 1 || segments->row_count != 1 ||
      segments->type != type->id || segments->row_size != type->size)
    snprintf(a->text, ANSWER_SIZE, "not one row of %s", type->name);
  else
    print_row(a, type, base + segments->rows_off, base + output->pool_off,
              output->pool_base);
}

answer call_with(dkr_context *context, const dk_plugin *plugin, const char *name,
                 const char *text, uint32_t rows) {
  answer a = {.text = ""};
  const dk_method *method = find_method(plugin, name);
  const dk_type *takes = method ? find_type(plugin, method->request) : NULL;
  const dk_type *gives = method ? find_type(plugin, method->response) : NULL;
  if (!takes || !gives) {
    fprintf(stderr, "%s has no method %s\n", plugin->id, name);
    abort();
  }
  request *r = allocate(sizeof *r);
  read_request(r, takes, text);
  dk_image *image = new_image(r, takes, rows);
  dkr_request request = {.image = image, .deadline_ns = INT64_MAX};
  a.status = dkr_invoke(context, method, NULL, &request);
  print_output(&a, dkr_context_output(context), gives);
  free(image);
  free(r);
  return a;
}

answer ask(const dk_plugin *plugin, const char *method, const char *request) {
  dkr_context *context = new_context();
  answer a = call_with(context, plugin, method, request, 1);
  dkr_context_destroy(context);
  return a;
}

dkr_context *new_context(void) {
  dkr_limits limits = {
      .rows_size = 1 << 20, .pool_size = 1 << 20, .scratch_size = 1 << 20};
  dkr_context *context = dkr_context_create(&limits);
  if (!context)
    abort();
  return context;
}
