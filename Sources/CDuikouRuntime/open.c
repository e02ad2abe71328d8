#define _GNU_SOURCE
#include "duikou_runtime.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

dk_status dkr_open(const char *path, dkr_entry *entry, char message[DKR_MESSAGE_MAX]) {
  message[0] = 0;
  void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (!library) {
    const char *reason = dlerror();
    snprintf(message, DKR_MESSAGE_MAX, "it cannot be loaded: %s",
             reason ? reason : "dlopen failed");
    return DK_INVALID_ARGUMENT;
  }
  void *symbol = dlsym(library, "duikou_plugin_v1");
  if (!symbol) {
    snprintf(message, DKR_MESSAGE_MAX,
             "not a Duikou plugin: it does not export duikou_plugin_v1");
    return DK_FAILED_PRECONDITION;
  }
  // A function pointer and an object pointer have the same representation wherever dlsym exists.
  memcpy(entry, &symbol, sizeof symbol);
  return DK_OK;
}
