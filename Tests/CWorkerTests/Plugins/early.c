/// A plugin that goes wrong before its first call, in the way that DUIKOU_EARLY names.
#define _GNU_SOURCE
#include "plugin.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static volatile int *volatile nowhere;

static int is_asked_to(const char *what) {
  const char *asked = getenv("DUIKOU_EARLY");
  return asked && strcmp(asked, what) == 0;
}

__attribute__((constructor, noinline)) static void constructs(void) {
  if (is_asked_to("crash in a constructor"))
    *nowhere = 1;
  while (is_asked_to("loop in a constructor"))
    sleep(1);
  if (is_asked_to("exit in a constructor"))
    exit(0);
  if (is_asked_to("end like a machine that cannot"))
    _exit(71);
}

static dk_status create(const dk_host *host, const dk_image *config, void **self) {
  (void)host, (void)config;
  *self = (void *)&nowhere;
  return is_asked_to("fail to create") ? DK_UNAVAILABLE : DK_OK;
}

static void destroy(void *self) {
  static const char line[] = "destroyed\n";
  ssize_t written = write(1, line, self ? sizeof line - 1 : 0);
  (void)written;
}

#define ID      "cn.example.early"
#define VERSION "1.0.0"

static const dk_plugin plugin = {.size = sizeof(dk_plugin),
                                 .id = ID,
                                 .version = VERSION,
                                 .create = create,
                                 .destroy = destroy};
static const dk_plugin small = {.size = 80};

DK_NOTE(ID, VERSION);

DK_EXPORT const dk_plugin *duikou_plugin_v1(const dk_host *host) {
  (void)host;
  if (is_asked_to("refuse the host"))
    return NULL;
  if (is_asked_to("crash in its entry"))
    *nowhere = 1;
  return is_asked_to("be too small") ? &small : &plugin;
}
