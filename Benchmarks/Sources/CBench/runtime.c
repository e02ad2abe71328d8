#include "library.h"

#include <stdlib.h>

typedef struct invocation {
  bench_library *library;
  const dk_method *method;
  dkr_request request;
} invocation;

static void invoke(void *context, uint32_t calls) {
  invocation *in = context;
  for (uint32_t i = 0; i < calls; i++) {
    if (dkr_invoke(in->library->context, in->method, NULL, &in->request) != DK_OK)
      abort();
    uint64_t sum = bench_read_output(dkr_context_output(in->library->context));
    BENCH_KEEP(sum);
  }
}

double bench_runtime(bench_library *library, int kind, const void *image) {
  int is_empty = kind == BENCH_KIND_EMPTY;
  invocation in = {.library = library,
                   .method =
                       bench_method(library, is_empty ? BENCH_EMPTY : BENCH_DOCUMENT),
                   .request = {.image = image, .deadline_ns = INT64_MAX}};
  return bench_median(invoke, &in, is_empty ? 400 : 1000, is_empty ? 2000 : 20);
}

/// Without reading: what is compared is the writing.
static void append(void *context, uint32_t calls) {
  invocation *in = context;
  for (uint32_t i = 0; i < calls / BENCH_APPENDED; i++)
    if (dkr_invoke(in->library->context, in->method, NULL, &in->request) != DK_OK)
      abort();
}

double bench_append(bench_library *library, const void *image) {
  invocation in = {.library = library,
                   .method = bench_method(library, BENCH_APPEND),
                   .request = {.image = image, .deadline_ns = INT64_MAX}};
  return bench_median(append, &in, 300, BENCH_APPENDED);
}

static void copy(void *context, uint32_t calls) {
  bench_record *rows = context;
  bench_record pattern = {0};
  bench_write(&pattern, 0, 0, 0, (dk_str){0, 0});
  for (uint32_t i = 0; i < calls; i++) {
    memcpy(&rows[i], &pattern, sizeof pattern);
    BENCH_KEEP(rows);
  }
}

double bench_copy(void) {
  bench_record *rows = calloc(BENCH_APPENDED, sizeof *rows);
  if (!rows)
    abort();
  double median = bench_median(copy, rows, 300, BENCH_APPENDED);
  free(rows);
  return median;
}
