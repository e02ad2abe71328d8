/// Runs one plugin for a host, where it can harm nobody: see duikou_worker.h.
///
///     duikou-worker [--uid=N] [--library=FOLDER]… [--require=NAME,…] [--probe]
#define _GNU_SOURCE
#include "crash.h"
#include "sandbox.h"
#include "serve.h"
#include "shared.h"

#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { STATUS_USAGE = 64, STATUS_SANDBOX = 71 };

typedef struct options {
  sandbox_options sandbox;
  int probes;
} options;

static const char *value_of(const char *argument, const char *name) {
  size_t len = strlen(name);
  return strncmp(argument, name, len) == 0 ? argument + len : NULL;
}

static int read_options(int count, char **arguments, options *o) {
  for (int i = 1; i < count; i++) {
    const char *value;
    if ((value = value_of(arguments[i], "--uid="))) {
      o->sandbox.uid = (uint32_t)strtoul(value, NULL, 10);
    } else if ((value = value_of(arguments[i], "--library="))) {
      if (o->sandbox.library_count < LIBRARIES_MAX)
        o->sandbox.libraries[o->sandbox.library_count++] = value;
    } else if ((value = value_of(arguments[i], "--require="))) {
      o->sandbox.required = value;
    } else if (strcmp(arguments[i], "--probe") == 0) {
      o->probes = 1;
    } else {
      return 0;
    }
  }
  return 1;
}

/// What `duikou doctor` shows.
static int probe(const options *o) {
  static const char *const states[] = {"no", "partial", "yes"};
  protections found;
  enter_sandbox(&o->sandbox, &found);
  for (uint32_t i = 0; i < found.count; i++) {
    const protection *p = &found.list[i];
    printf("%s\t%s\t%s\n", p->name, states[p->state], p->detail);
  }
  fflush(stdout);
  return 0;
}

/// Loads what the C library would load at its first use, which is too late behind the sandbox.
static void warm_up(void) {
  setlocale(LC_ALL, "C.UTF-8");
  tzset();
  setvbuf(stdout, NULL, _IOLBF, 0);
  setvbuf(stderr, NULL, _IOLBF, 0);
}

int main(int count, char **arguments) {
  options o = {.sandbox = {.host = getppid()}};
  if (!read_options(count, arguments, &o)) {
    fprintf(stderr, "duikou-worker is started by duikou and duikoud, not by people\n");
    return STATUS_USAGE;
  }
  if (o.probes)
    return probe(&o);
  shared shared;
  if (!map_shared(&shared)) {
    fprintf(stderr, "duikou-worker is started by duikou and duikoud, not by people\n");
    return STATUS_USAGE;
  }
  warm_up();
  watch_crashes(shared.worker);
  protections found;
  enter_sandbox(&o.sandbox, &found);
  const char *missing = missing_protection(&o.sandbox, &found);
  if (missing) {
    fprintf(stderr, "this machine lacks the protection %s, which is demanded\n", missing);
    return STATUS_SANDBOX;
  }
  int status = serve(&shared);
  fflush(stdout);
  fflush(stderr);
  // Not exit(): what the plugin has registered for the end is nobody's business any more.
  _exit(status);
}
