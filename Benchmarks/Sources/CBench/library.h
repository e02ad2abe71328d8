#ifndef BENCH_LIBRARY_H
#define BENCH_LIBRARY_H

#include "sample.h"

struct bench_library {
  const dk_plugin *plugin;
  dk_status (*empty)(void *self, dk_call *call);
  bench_fill_function fill;
  dkr_context *context;
  dk_call call; ///< what the pointer to `empty` is given
  uint32_t text_size;
  char text[BENCH_TEXT_SIZE];
  char pool[BENCH_RECORDS * BENCH_NAME_SIZE];
  bench_record records[BENCH_RECORDS];
};

/// Method `index` of the plugin.
const dk_method *bench_method(const bench_library *library, uint32_t index);

#endif
