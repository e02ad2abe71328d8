#include "library.h"

static void call_empty(void *context, uint32_t calls) {
  bench_library *library = context;
  for (uint32_t i = 0; i < calls; i++) {
    dk_status (*volatile empty)(void *, dk_call *) = library->empty;
    dk_status status = empty(NULL, &library->call);
    BENCH_KEEP(status);
  }
}

static void call_doc(void *context, uint32_t calls) {
  bench_library *library = context;
  for (uint32_t i = 0; i < calls; i++) {
    uint32_t count =
        library->fill(library->text, library->text_size, library->records, library->pool);
    uint64_t sum = bench_read_all(library->records, library->pool, count);
    BENCH_KEEP(sum);
  }
}

double bench_pointer(bench_library *library, int kind) {
  return kind == BENCH_KIND_EMPTY ? bench_median(call_empty, library, 400, 10000)
                                  : bench_median(call_doc, library, 1000, 20);
}
