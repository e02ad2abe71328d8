#define _GNU_SOURCE
#include "serve.h"
#include "duikou_functions.h"
#include "log_line.h"
#include "modules.h"
#include "sandbox.h"
#include "turns.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/// The one plugin of this process.
typedef struct worker {
  const shared *shared;
  turns turns;
  const dk_plugin *plugin;
  dk_plugin prefix; ///< as much of it as this program knows
  int is_created;
  void *self;
  dkr_context *context;
  dk_metadata *metadata; ///< of the running call; grows
  uint32_t metadata_size;
} worker;

/// Leaves a message where that of a call stands. Where the parts of the output lie is the context's,
/// once there is one.
static void put_message(worker *w, dk_status status, const char *message) {
  uint64_t len = strlen(message);
  dkr_output *output = (dkr_output *)(void *)w->shared->output;
  if (!w->context)
    *output =
        (dkr_output){.message_off = sizeof *output, .block_size = w->shared->output_size};
  output->status = status;
  output->message_len = (uint32_t)len;
  output->segment_count = 0;
  output->pool_size = 0;
  memcpy(output + 1, message, len);
}

static const void *no_service(const dk_host *host, const char *id) {
  (void)host;
  (void)id;
  return NULL;
}

static const dk_host host = {.size = sizeof host,
                             .abi_minor = DK_ABI_MINOR,
                             .version = DKR_VERSION,
                             .service = no_service,
                             .log = log_line};

/// Loads the plugin and lets it say what it is; then nothing more can be loaded.
static dk_status describe(worker *w, char message[DKR_MESSAGE_MAX]) {
  char path[32];
  snprintf(path, sizeof path, "/proc/self/fd/%d", DKR_FD_PLUGIN);
  dkr_entry entry;
  dk_status status = dkr_open(path, &entry, message);
  if (status != DK_OK)
    return status;
  void *address;
  memcpy(&address, &entry, sizeof address);
  w->plugin = entry(&host);
  if (!w->plugin) {
    snprintf(message, DKR_MESSAGE_MAX,
             "the plugin says that it cannot work with this host");
    return DK_FAILED_PRECONDITION;
  }
  note_modules(address);
  close(DKR_FD_PLUGIN);
  if (!close_sandbox()) {
    fprintf(stderr, "the sandbox cannot be closed behind the plugin\n");
    _exit(DKR_EXIT_UNCLOSED);
  }
  status = dkr_adopt(w->plugin, &w->plugin, message);
  if (status != DK_OK)
    return status;
  uint64_t used = 0, size = w->shared->output_size - sizeof used;
  status = dkr_describe(w->plugin, w->shared->output + sizeof used, size, &used, message);
  if (status == DK_OK) {
    memcpy(w->shared->output, &used, sizeof used);
    memcpy(&w->prefix, w->plugin,
           w->plugin->size < sizeof w->prefix ? w->plugin->size : sizeof w->prefix);
  }
  return status;
}

static dk_status create(worker *w, char message[DKR_MESSAGE_MAX]) {
  const void *config = w->shared->host->image_size ? w->shared->input : NULL;
  // The error with which it fails is its message; others are log lines.
  hold_errors();
  dk_status status = w->prefix.create ? w->prefix.create(&host, config, &w->self) : DK_OK;
  w->is_created = status == DK_OK;
  if (w->is_created) {
    release_errors();
    return DK_OK;
  }
  if (*held_error())
    snprintf(message, DKR_MESSAGE_MAX, "%s", held_error());
  else
    snprintf(message, DKR_MESSAGE_MAX, "it returned status %d, and logged no error",
             status);
  return status > DK_OK && status <= DK_UNAUTHENTICATED ? status : DK_UNKNOWN;
}

/// Runs a command that answers with a status and, where it fails, a message.
static void run(worker *w, dk_status (*command)(worker *, char *)) {
  char message[DKR_MESSAGE_MAX] = "";
  dk_status status = command(w, message);
  if (status != DK_OK)
    put_message(w, status, message);
  answer(&w->turns, DKR_READY, status);
}

/// Hands rows over in the middle of a call, and waits until the host has taken them.
static dk_status on_flush(void *context, const dkr_output *output) {
  (void)output;
  worker *w = context;
  answer(&w->turns, DKR_FLUSHED, DK_OK);
  if (next_command(&w->turns) != DKR_CONTINUE)
    _exit(DKR_EXIT_PROTOCOL);
  return w->shared->host->status;
}

static void on_progress(void *context, uint64_t done, uint64_t total) {
  const worker *w = context;
  atomic_store_explicit(&w->shared->worker->done, done, memory_order_relaxed);
  atomic_store_explicit(&w->shared->worker->total, total, memory_order_relaxed);
}

/// Points into the input; returns 0 where there is no memory for the list.
static int read_metadata(worker *w) {
  const dkr_host_page *page = w->shared->host;
  uint32_t count = page->metadata_count;
  if (count > w->metadata_size) {
    dk_metadata *larger = realloc(w->metadata, count * sizeof *larger);
    if (!larger)
      return 0;
    w->metadata = larger;
    w->metadata_size = count;
  }
  const uint8_t *at = w->shared->input + page->metadata_off;
  for (uint32_t i = 0; i < count; i++) {
    const dkr_metadata_entry *entry = (const dkr_metadata_entry *)(const void *)at;
    const char *name = (const char *)(entry + 1);
    w->metadata[i] = (dk_metadata){name, name + entry->name_len + 1, entry->value_len, 0};
    at += dkr_metadata_entry_size(entry->name_len, entry->value_len);
  }
  return 1;
}

/// Makes ready what a call needs.
static dk_status prepare(worker *w, char message[DKR_MESSAGE_MAX]) {
  const dkr_host_page *page = w->shared->host;
  if (page->method >= w->prefix.method_count) {
    snprintf(message, DKR_MESSAGE_MAX, "the plugin has no method %u", page->method);
    return DK_UNIMPLEMENTED;
  }
  if (!w->context)
    w->context = dkr_context_create_in(w->shared->output, &page->limits.call);
  if (w->context && read_metadata(w))
    return DK_OK;
  snprintf(message, DKR_MESSAGE_MAX, "no memory for a call");
  return DK_RESOURCE_EXHAUSTED;
}

static void call(worker *w) {
  const dkr_host_page *page = w->shared->host;
  char message[DKR_MESSAGE_MAX];
  dk_status status = prepare(w, message);
  if (status != DK_OK) {
    put_message(w, status, message);
    answer(&w->turns, DKR_READY, status);
    return;
  }
  const void *method =
      (const char *)w->prefix.methods + (uint64_t)page->method * w->prefix.method_stride;
  dkr_request request = {
      .image = (const dk_image *)(const void *)w->shared->input,
      .deadline_ns = page->deadline_ns,
      .cancelled = (const volatile uint32_t *)&page->cancelled,
      .metadata_count = page->metadata_count,
      .metadata = w->metadata,
      .metadata_stride = sizeof(dk_metadata),
      .hooks = {.context = w, .flush = on_flush, .progress = on_progress},
  };
  answer(&w->turns, DKR_READY, dkr_invoke(w->context, method, w->self, &request));
}

int serve(const shared *shared) {
  static worker w;
  w.shared = w.turns.shared = shared;
  for (;;) {
    switch (next_command(&w.turns)) {
    case DKR_DESCRIBE:
      run(&w, describe);
      break;
    case DKR_CREATE:
      run(&w, create);
      break;
    case DKR_CALL:
      call(&w);
      break;
    case DKR_DRAIN:
      if (w.is_created && w.prefix.destroy)
        w.prefix.destroy(w.self);
      return 0;
    default:
      return DKR_EXIT_PROTOCOL;
    }
  }
}
