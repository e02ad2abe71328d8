#include "library.h"

#include <ffi.h>
#include <stdlib.h>

/// The prepared interfaces of the two functions.
typedef struct prepared {
  bench_library *library;
  ffi_cif empty, doc;
  ffi_type *types[4];
} prepared;

static void prepare(prepared *p, bench_library *library) {
  static ffi_type *const pointers[2] = {&ffi_type_pointer, &ffi_type_pointer};
  p->library = library;
  p->types[0] = &ffi_type_pointer;
  p->types[1] = &ffi_type_uint32;
  p->types[2] = &ffi_type_pointer;
  p->types[3] = &ffi_type_pointer;
  ffi_type **two = (ffi_type **)(void *)pointers;
  if (ffi_prep_cif(&p->empty, FFI_DEFAULT_ABI, 2, &ffi_type_sint32, two) != FFI_OK ||
      ffi_prep_cif(&p->doc, FFI_DEFAULT_ABI, 4, &ffi_type_uint32, p->types) != FFI_OK)
    abort();
}

static void call_empty(void *context, uint32_t calls) {
  prepared *p = context;
  void *self = NULL, *call = &p->library->call;
  void *arguments[2] = {&self, &call};
  for (uint32_t i = 0; i < calls; i++) {
    ffi_arg status;
    ffi_call(&p->empty, FFI_FN(p->library->empty), &status, arguments);
    BENCH_KEEP(status);
  }
}

static void call_doc(void *context, uint32_t calls) {
  prepared *p = context;
  bench_library *library = p->library;
  const char *text = library->text;
  bench_record *records = library->records;
  char *pool = library->pool;
  void *arguments[4] = {&text, &library->text_size, &records, &pool};
  for (uint32_t i = 0; i < calls; i++) {
    ffi_arg count;
    ffi_call(&p->doc, FFI_FN(library->fill), &count, arguments);
    uint64_t sum = bench_read_all(records, pool, (uint32_t)count);
    BENCH_KEEP(sum);
  }
}

double bench_ffi(bench_library *library, int kind) {
  prepared p;
  prepare(&p, library);
  return kind == BENCH_KIND_EMPTY ? bench_median(call_empty, &p, 400, 2000)
                                  : bench_median(call_doc, &p, 1000, 20);
}
