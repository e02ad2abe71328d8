/// Runs one plugin for a host, where it can harm nobody: see duikou_worker.h.
///
///     duikou-worker [--uid=N] [--library=FOLDER]… [--require=NAME,…]
///     duikou-worker --probe
#define _GNU_SOURCE
#include "crash.h"
#include "interpose.h"
#include "probe.h"
#include "sandbox.h"
#include "serve.h"
#include "shared.h"
#include "user.h"

#include <dlfcn.h>
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

typedef struct options {
  sandbox_options sandbox;
  int probes;
} options;

static const char *value_of(const char *argument, const char *name) {
  size_t len = strlen(name);
  return strncmp(argument, name, len) == 0 ? argument + len : NULL;
}

static int read_number(const char *text, uint64_t most, uint64_t *number) {
  char *end;
  errno = 0;
  *number = strtoull(text, &end, 10);
  return *text >= '0' && *text <= '9' && *end == 0 && errno == 0 && *number <= most;
}

static int read_option(const char *argument, options *o) {
  sandbox_options *sandbox = &o->sandbox;
  const char *value;
  uint64_t number;
  if ((value = value_of(argument, "--uid="))) {
    // The numbers at the end mean "unchanged".
    if (!read_number(value, UINT32_MAX - 1, &number) || number == 0)
      return 0;
    sandbox->uid = (uint32_t)number;
    return 1;
  }
  if ((value = value_of(argument, "--library="))) {
    if (sandbox->library_count == LIBRARIES_MAX)
      return 0;
    sandbox->libraries[sandbox->library_count++] = value;
    return 1;
  }
  if ((value = value_of(argument, "--require="))) {
    sandbox->required = value;
    return 1;
  }
  o->probes = strcmp(argument, "--probe") == 0;
  return o->probes;
}

static int refuse_usage(void) {
  fprintf(stderr, "duikou-worker is started by duikou and duikoud, not by people\n");
  return DKR_EXIT_USAGE;
}

/// Loads what the C library would load at its first use, which is too late behind the sandbox.
static void warm_up(void) {
  setlocale(LC_ALL, "C.UTF-8");
  tzset();
  // pthread_exit() calls into it, and aborts without.
  dlopen("libgcc_s.so.1", RTLD_NOW);
  setvbuf(stdout, NULL, _IOLBF, 0);
  setvbuf(stderr, NULL, _IOLBF, 0);
}

static int run_worker(options *o) {
  shared shared;
  if (!map_shared(&shared))
    return refuse_usage();
  o->sandbox.host = shared.host->process;
  o->sandbox.shared_size = shared.host->limits.input_size + shared.output_size;
  find_real_functions();
  warm_up();
  watch_crashes(shared.worker);
  protections found;
  char sentence[128];
  if (!enter_sandbox(&o->sandbox, &found, sentence)) {
    fprintf(stderr, "%s\n", sentence);
    return DKR_EXIT_SANDBOX;
  }
  return serve(&shared);
}

int main(int count, char **arguments) {
  options o = {.sandbox = {.uid = USER_NOBODY}};
  for (int i = 1; i < count; i++)
    if (!read_option(arguments[i], &o))
      return refuse_usage();
  if (o.probes)
    return probe(&o.sandbox);
  int status = run_worker(&o);
  fflush(stdout);
  fflush(stderr);
  // Not exit(): what the plugin has registered for the end is nobody's business any more.
  _exit(status);
}
