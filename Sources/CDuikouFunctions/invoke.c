#define _GNU_SOURCE
#include "function.h"
#include "utf8.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/// A call under way.
typedef struct running {
  const dkr_function *function;
  dk_call *call;
  char *frame;
  void **values; ///< where each argument in C lies
  uint32_t value_count;
  const dk_row *request;
  dk_row *response;
} running;

static dk_status fail(dk_call *call, dk_status code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static dk_status fail(dk_call *call, dk_status code, const char *format, ...) {
  char sentence[512];
  va_list arguments;
  va_start(arguments, format);
  int len = vsnprintf(sentence, sizeof sentence, format, arguments);
  va_end(arguments);
  if (len >= (int)sizeof sentence)
    len = sizeof sentence - 1;
  return call->fail(call, code, sentence, (uint32_t)len);
}

static dkr_cell *cell_of(const running *r, const dkr_object *object) {
  return (dkr_cell *)(void *)(r->frame + object->frame_off);
}

static char *bytes_of(const running *r, const dkr_object *object) {
  return r->frame + object->frame_off + sizeof(dkr_cell);
}

DK_ASSERT(sizeof(dkr_cell) % 16 == 0, "what follows a cell is aligned");

static uint32_t size_of(uint32_t kind) {
  return kind == DK_I32 || kind == DK_U32 ? 4 : 8;
}

/// Whether a number of the request is stated. A value with a name needs no bit.
static int is_stated(const dk_row *row, const dkr_part *part) {
  const dk_field *field = part->request;
  uint64_t number = 0;
  memcpy(&number, (const char *)row + field->offset, size_of(field->kind));
  return (row->has & DK_BIT(field->number)) || part->zero_is_named ||
         (field->value_count && number);
}

/// Copies the numbers of an argument from the row.
static dk_status read_numbers(running *r, const dkr_object *object) {
  char *to = bytes_of(r, object);
  for (uint32_t i = 0; i < object->part_count; i++) {
    const dkr_part *part = &object->parts[i];
    const dk_field *field = part->request;
    if (!is_stated(r->request, part))
      return fail(r->call, DK_INVALID_ARGUMENT,
                  "%s is not stated; a C function needs every number", field->name);
    memcpy(to + part->offset, (const char *)r->request + field->offset,
           size_of(field->kind));
  }
  return DK_OK;
}

/// Text of the image, with a NUL behind it; NULL for text that is absent.
static dk_status read_text(running *r, const dkr_object *object, dkr_cell *cell) {
  const dk_field *field = object->parts->request;
  dk_str string;
  memcpy(&string, (const char *)r->request + field->offset, sizeof string);
  const char *text = dk_string(r->call->image, string);
  cell->pointer = text;
  cell->size = text ? string.len : 0;
  if (!text || object->kind == DK_BYTES)
    return DK_OK;
  if (memchr(text, 0, string.len))
    return fail(r->call, DK_INVALID_ARGUMENT,
                "%s holds a NUL, which ends text in C; leave it out", field->name);
  char *copy = r->call->scratch(r->call, (uint64_t)string.len + 1);
  if (!copy)
    return DK_RESOURCE_EXHAUSTED;
  memcpy(copy, text, string.len);
  cell->pointer = copy;
  return DK_OK;
}

/// Makes one argument ready.
static dk_status read_argument(running *r, const dkr_object *object) {
  dkr_cell *cell = cell_of(r, object);
  dk_status status = DK_OK;
  int is_text = object->kind == DK_STRING || object->kind == DK_BYTES;
  if (is_text && object->passing == DK_VALUE) {
    status = read_text(r, object, cell);
  } else {
    cell->pointer = bytes_of(r, object);
    cell->size = object->size;
    if (object->passing != DK_OUT)
      status = read_numbers(r, object);
  }
  int is_whole = object->passing == DK_VALUE && !is_text;
  r->values[r->value_count++] = is_whole ? bytes_of(r, object) : (void *)&cell->pointer;
  if (object->kind == DK_BYTES || (is_text && object->passing == DK_OUT))
    r->values[r->value_count++] = &cell->size;
  return status;
}

static int is_finite(const char *at) {
  double number;
  memcpy(&number, at, sizeof number);
  return isfinite(number);
}

/// States the numbers that came back. A row holds no infinity and no NaN.
static void write_numbers(running *r, const dkr_object *object, const char *from) {
  for (uint32_t i = 0; i < object->part_count; i++) {
    const char *at = from + object->parts[i].offset;
    const dk_field *field = object->parts[i].response;
    if (field->kind == DK_F64 && !is_finite(at))
      continue;
    memcpy((char *)r->response + field->offset, at, size_of(field->kind));
    r->response->has |= DK_BIT(field->number);
  }
}

/// States text that came back and has to end within `room` bytes.
static dk_status write_text(running *r, const dkr_object *object, const char *text,
                            size_t room) {
  const dk_field *field = object->parts->response;
  size_t len = strnlen(text, room);
  if (len == room)
    return fail(r->call, DK_DATA_LOSS,
                "the function gives a text as %s that does not end within %zu bytes",
                field->name, room);
  if (!dkr_is_utf8(text, len))
    return fail(r->call, DK_DATA_LOSS,
                "the function gives a text as %s that is not UTF-8", field->name);
  dk_str string = r->call->intern(r->call, text, (uint32_t)len);
  memcpy((char *)r->response + field->offset, &string, sizeof string);
  return string.off ? DK_OK : DK_RESOURCE_EXHAUSTED;
}

static dk_status write_result(running *r, const dkr_object *result) {
  char *at = r->frame + result->frame_off;
  if (result->kind == DK_STRING) {
    const char *text;
    memcpy(&text, at, sizeof text);
    return text ? write_text(r, result, text, DKR_TEXT_MAX + 1) : DK_OK;
  }
  if (result->kind == DK_I32 || result->kind == DK_U32) {
    // libffi gives a small number as a whole register.
    ffi_arg wide;
    memcpy(&wide, at, sizeof wide);
    uint32_t narrow = (uint32_t)wide;
    memcpy(at, &narrow, sizeof narrow);
  }
  write_numbers(r, result, at);
  return DK_OK;
}

static dk_status write_response(running *r) {
  const dkr_function *f = r->function;
  r->response = r->call->append(r->call, f->response, 1, NULL);
  if (!r->response)
    return DK_RESOURCE_EXHAUSTED;
  dk_status status = DK_OK;
  for (uint32_t i = 0; status == DK_OK && i < f->argument_count; i++) {
    const dkr_object *object = &f->arguments[i];
    if (object->passing != DK_OUT && object->passing != DK_INOUT)
      continue;
    if (object->kind == DK_STRING)
      status = write_text(r, object, bytes_of(r, object), object->size);
    else
      write_numbers(r, object, bytes_of(r, object));
  }
  return status == DK_OK && f->result ? write_result(r, f->result) : status;
}

dk_status dkr_call_function(const dkr_function *f, dk_call *call) {
  uint32_t count = dk_count(call->image, f->request);
  if (count != 1)
    return fail(call, DK_INVALID_ARGUMENT, "the request has %u rows of %s; one is needed",
                count, f->rows[0].name);
  running r = {.function = f, .call = call};
  r.request = dk_row_at(call->image, dk_find(call->image, f->request), 0);
  r.frame = call->scratch(call, f->frame_size ? f->frame_size : 1);
  if (!r.frame)
    return DK_RESOURCE_EXHAUSTED;
  r.values = (void **)(void *)r.frame;
  for (uint32_t i = 0; i < f->argument_count; i++) {
    dk_status status = read_argument(&r, &f->arguments[i]);
    if (status != DK_OK)
      return status;
  }
  // A prepared interface is only read by calls.
  ffi_call((ffi_cif *)(uintptr_t)&f->cif, f->address,
           f->result ? r.frame + f->result->frame_off : NULL, r.values);
  return write_response(&r);
}
