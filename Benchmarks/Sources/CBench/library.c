#include "library.h"

#include <dlfcn.h>
#include <stdlib.h>

const dk_method *bench_method(const bench_library *library, uint32_t index) {
  const char *methods = (const char *)library->plugin->methods;
  return (const dk_method *)(const void *)(methods +
                                           index * library->plugin->method_stride);
}

/// Finds a function; dlsym gives it as a pointer to an object.
static int find(void *handle, const char *name, void *function, size_t size) {
  void *symbol = dlsym(handle, name);
  memcpy(function, &symbol, size);
  return symbol != NULL;
}

bench_library *bench_library_open(const char *path, const char *text, uint32_t size) {
  bench_library *library = calloc(1, sizeof *library);
  void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  dkr_entry entry;
  dkr_limits limits = {
      .rows_size = 64 << 20, .pool_size = 64 << 20, .scratch_size = 1 << 20};
  if (!library || !handle || size > BENCH_TEXT_SIZE ||
      !find(handle, "duikou_plugin_v1", &entry, sizeof entry) ||
      !find(handle, "bench_fill", &library->fill, sizeof library->fill) ||
      !(library->context = dkr_context_create(&limits))) {
    free(library);
    return NULL;
  }
  library->plugin = entry(NULL);
  library->empty = bench_method(library, BENCH_EMPTY)->invoke;
  library->text_size = size;
  memcpy(library->text, text, size);
  return library;
}
