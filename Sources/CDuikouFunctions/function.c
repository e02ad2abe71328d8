#include "function.h"
#include "names.h"

#include <stdio.h>
#include <string.h>

enum {
  ALIGNMENT = 16,
  ARGUMENTS_MAX = 2 * DKR_FIELDS_MAX ///< each has a field in one row at least
};

static uint64_t round_up(uint64_t size) {
  return (size + ALIGNMENT - 1) & ~(uint64_t)(ALIGNMENT - 1);
}

/// Checks the method around a function: all of it that the function states by itself.
static int check_method(dkr_making *m, const dk_method *method, const dk_function *f) {
  if (method->invoke)
    return dkr_refuse(m, "it has invoke and a function; leave one of them NULL");
  if (method->role != DK_CUSTOM)
    return dkr_refuse(m, "its role is %u; only a custom method can be a function",
                      method->role);
  if (method->use_count)
    return dkr_refuse(m, "it has a function, whose rows are its only uses; leave uses "
                         "empty");
  if (method->flags & DK_STREAMING)
    return dkr_refuse(m, "a function gives one row and cannot be streaming");
  if ((method->request && method->request != f->request_type) ||
      (method->response && method->response != f->response_type))
    return dkr_refuse(m, "its function states request and response; leave them 0");
  return 1;
}

static int check_function(dkr_making *m, const dk_function *f) {
  if (!f->address)
    return dkr_refuse(m, "the address of its function is NULL");
  // The result is read by the same stride, and stands where arguments do not.
  dkr_list list = {(const char *)f->arguments, f->argument_count, f->argument_stride};
  if (list.count == 0 && f->result)
    list = (dkr_list){(const char *)f->result, 1, f->argument_stride};
  return dkr_check_list(m, list, DK_ARGUMENT_SIZE_V1, ARGUMENTS_MAX, "its arguments",
                        "dk_argument");
}

/// Begins the sentences about an argument; 0 for the result.
static int name_place(dkr_making *m, const char *method, const char *name,
                      uint32_t number) {
  if (dkr_is_snake_name(name)) {
    snprintf(m->where, sizeof m->where, "%s: %s %s", method,
             number ? "argument" : "result", name);
    return 1;
  }
  if (number)
    return dkr_refuse(m, "the name of argument %u is not in lower_snake_case", number);
  return dkr_refuse(m, "the name of its result is not in lower_snake_case");
}

/// Reads one argument, or with `number` 0 the result.
static int read_argument(dkr_making *m, const void *at, uint32_t stride, uint32_t number,
                         dkr_function *f, dkr_object *object) {
  char method[256];
  snprintf(method, sizeof method, "%.255s", m->where);
  dk_argument argument;
  dkr_read_prefix(&argument, sizeof argument, at, stride);
  int is_good = name_place(m, method, argument.name, number) &&
                dkr_make_object(m, &argument, number == 0, f, object);
  if (is_good)
    memcpy(m->where, method, sizeof method);
  return is_good;
}

static int read_arguments(dkr_making *m, const dk_function *source, dkr_function *f) {
  f->arguments = dkr_make(m, source->argument_count, sizeof *f->arguments);
  if (!f->arguments)
    return 0;
  const char *at = (const char *)source->arguments;
  for (uint32_t i = 0; i < source->argument_count; i++, at += source->argument_stride) {
    if (!read_argument(m, at, source->argument_stride, i + 1, f, &f->arguments[i]))
      return 0;
    f->argument_count++;
  }
  if (!source->result)
    return 1;
  f->result = dkr_make(m, 1, sizeof *f->result);
  return f->result &&
         read_argument(m, source->result, source->argument_stride, 0, f, f->result);
}

static int takes_two(const dkr_object *object) {
  return object->kind == DK_BYTES ||
         (object->kind == DK_STRING && object->passing == DK_OUT);
}

/// The type of `size_t`.
static ffi_type *size_type(void) {
  return sizeof(size_t) == 8 ? &ffi_type_uint64 : &ffi_type_uint32;
}

/// Lays the frame of a call out: pointers to the arguments in C, then for each argument a cell and
/// the object, then the result.
static void lay_out(dkr_function *f) {
  uint64_t at = round_up(f->value_count * sizeof(void *));
  for (uint32_t i = 0; i < f->argument_count; i++) {
    dkr_object *object = &f->arguments[i];
    object->frame_off = at;
    at += round_up(sizeof(dkr_cell)) + round_up(object->size);
  }
  if (f->result) {
    f->result->frame_off = at;
    // The library may write whole registers.
    at += round_up(f->result->size) + 2 * ALIGNMENT;
  }
  f->frame_size = at;
}

static ffi_type *result_type(const dkr_object *result) {
  if (!result)
    return &ffi_type_void;
  return result->kind == DK_STRING ? &ffi_type_pointer : result->type;
}

static int prepare_call(dkr_making *m, dkr_function *f) {
  f->types = dkr_make(m, 2 * f->argument_count, sizeof(ffi_type *));
  if (!f->types)
    return 0;
  for (uint32_t i = 0; i < f->argument_count; i++) {
    const dkr_object *object = &f->arguments[i];
    int is_whole = object->passing == DK_VALUE && object->type;
    f->types[f->value_count++] = is_whole ? object->type : &ffi_type_pointer;
    if (takes_two(object))
      f->types[f->value_count++] = size_type();
  }
  if (ffi_prep_cif(&f->cif, FFI_DEFAULT_ABI, f->value_count, result_type(f->result),
                   f->types) != FFI_OK)
    return dkr_refuse(m, "libffi cannot call a function with these arguments");
  lay_out(f);
  return 1;
}

/// Begins one of the two row types.
static int begin_row(dkr_making *m, dk_type *row, const char *id, const char *method,
                     const char *suffix, uint32_t type, const char *doc) {
  char snake[DKR_SNAKE_MAX];
  dkr_snake_of(method, snake);
  size_t size = strlen(id) + strlen(snake) + strlen(suffix) + 2;
  char *name = dkr_make(m, 1, size);
  dk_field *fields = dkr_make(m, DKR_FIELDS_MAX, sizeof *fields);
  if (!name || !fields)
    return 0;
  snprintf(name, size, "%s.%s%s", id, snake, suffix);
  *row = (dk_type){.name = name,
                   .doc = doc,
                   .id = type,
                   .size = sizeof(dk_row),
                   .fields = fields,
                   .field_stride = sizeof(dk_field)};
  return 1;
}

static int make_rows(dkr_making *m, const char *id, const dk_method *method,
                     const dk_function *source, dkr_function *f) {
  return begin_row(m, &f->rows[0], id, method->name, "_request", source->request_type,
                   "What the function takes.") &&
         begin_row(m, &f->rows[1], id, method->name, "_response", source->response_type,
                   "What the function gives.");
}

dkr_function *dkr_make_function(dkr_making *m, const char *id, const dk_method *method) {
  if (!dkr_is_camel_name(method->name)) {
    dkr_refuse(m, "the name of a method with a function is not in UpperCamelCase, of at "
                  "most 64 letters");
    return NULL;
  }
  snprintf(m->where, sizeof m->where, "%s/%s", id, method->name);
  uint32_t size = method->function->size;
  if (!dkr_is_stride(size, DK_FUNCTION_SIZE_V1)) {
    dkr_refuse(m, "its dk_function has a size of %u bytes; set it to sizeof(dk_function)",
               size);
    return NULL;
  }
  dk_function source;
  dkr_read_prefix(&source, sizeof source, method->function, size);
  dkr_function *f = dkr_make(m, 1, sizeof *f);
  if (!f || !check_method(m, method, &source) || !check_function(m, &source) ||
      !make_rows(m, id, method, &source, f) || !read_arguments(m, &source, f) ||
      !prepare_call(m, f))
    return NULL;
  f->address = source.address;
  f->request = source.request_type;
  f->response = source.response_type;
  f->uses[0] = (dk_use){f->request, f->rows[0].size, DK_READ, 0};
  f->uses[1] = (dk_use){f->response, f->rows[1].size, DK_WRITE, 0};
  return f;
}
