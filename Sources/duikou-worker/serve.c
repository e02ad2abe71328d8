#define _GNU_SOURCE
#include "serve.h"
#include "crash.h"
#include "sandbox.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { METADATA_MAX = 256, LOG_LINE_MAX = 4000, STATUS_SANDBOX = 71 };

static const int64_t spin_ns = 20000;

/// The one plugin of this process.
typedef struct worker {
  const shared *shared;
  uint32_t turn; ///< of the last command
  const dk_plugin *plugin;
  dk_plugin prefix; ///< as much of it as this program knows
  void *self;
  dkr_context *context;
  dk_metadata metadata[METADATA_MAX];
} worker;

static int is_new(const worker *w, uint32_t *turn) {
  *turn = atomic_load_explicit(&w->shared->host->request, memory_order_acquire);
  return *turn != w->turn;
}

/// Spins for a moment, but never against a host on the same core.
static int spin(const worker *w, uint32_t *turn) {
  uint32_t cpu = (uint32_t)sched_getcpu();
  atomic_store_explicit(&w->shared->worker->worker_cpu, cpu, memory_order_relaxed);
  int64_t end = dkr_now_ns() + spin_ns;
  do {
    for (int i = 0; i < 64; i++) {
      if (is_new(w, turn))
        return 1;
      dkr_pause();
    }
    if (atomic_load_explicit(&w->shared->host->host_cpu, memory_order_relaxed) == cpu)
      return 0;
  } while (dkr_now_ns() < end);
  return 0;
}

/// Waits for the host's next command.
static uint32_t next_command(worker *w) {
  uint32_t turn;
  if (!spin(w, &turn)) {
    for (;;) {
      atomic_store(&w->shared->worker->worker_sleeping, 1);
      if (is_new(w, &turn))
        break;
      dkr_futex_wait(&w->shared->host->request, w->turn, INT64_MAX);
    }
    atomic_store(&w->shared->worker->worker_sleeping, 0);
  }
  w->turn = turn;
  return w->shared->host->command;
}

static void answer(worker *w, uint32_t kind, dk_status status) {
  dkr_worker_page *page = w->shared->worker;
  page->kind = kind;
  page->status = status;
  atomic_store(&page->response, w->turn);
  if (atomic_load(&w->shared->host->host_sleeping))
    dkr_futex_wake(&page->response);
}

/// Leaves a message where that of a call stands.
static void put_message(worker *w, dk_status status, const char *message) {
  uint64_t len = strlen(message);
  dkr_output *output = (dkr_output *)(void *)w->shared->output;
  *output = (dkr_output){.status = status,
                         .message_len = (uint32_t)len,
                         .message_off = sizeof *output,
                         .block_size = w->shared->output_size};
  memcpy(output + 1, message, len);
}

static void log_line(const dk_host *host, uint32_t severity, const char *line,
                     uint32_t len) {
  (void)host;
  char text[LOG_LINE_MAX + 3];
  if (len > LOG_LINE_MAX)
    len = LOG_LINE_MAX;
  text[0] = 0x1e;
  text[1] =
      (char)('0' + (severity >= DK_LOG_DEBUG && severity <= DK_LOG_ERROR ? severity
                                                                         : DK_LOG_INFO));
  for (uint32_t i = 0; i < len; i++)
    text[i + 2] = line[i] == '\n' ? ' ' : line[i];
  text[len + 2] = '\n';
  ssize_t written = write(2, text, len + 3);
  (void)written;
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
  note_modules(address);
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
    _exit(STATUS_SANDBOX);
  }
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
  if (!w->prefix.create)
    return DK_OK;
  dk_status status = w->prefix.create(&host, NULL, &w->self);
  if (status == DK_OK)
    return DK_OK;
  snprintf(message, DKR_MESSAGE_MAX, "it returned status %d; its log lines may say why",
           status);
  return status > DK_OK && status <= DK_UNAUTHENTICATED ? status : DK_UNKNOWN;
}

/// Runs a command that answers with a status and, where it fails, a message.
static void run(worker *w, dk_status (*command)(worker *, char *)) {
  char message[DKR_MESSAGE_MAX] = "";
  dk_status status = command(w, message);
  if (status != DK_OK)
    put_message(w, status, message);
  answer(w, DKR_READY, status);
}

/// Hands rows over in the middle of a call, and waits until the host has taken them.
static dk_status on_flush(void *context, const dkr_output *output) {
  (void)output;
  worker *w = context;
  answer(w, DKR_FLUSHED, DK_OK);
  if (next_command(w) != DKR_CONTINUE)
    _exit(STATUS_SANDBOX);
  return w->shared->host->status;
}

static void on_progress(void *context, uint64_t done, uint64_t total) {
  const worker *w = context;
  atomic_store_explicit(&w->shared->worker->done, done, memory_order_relaxed);
  atomic_store_explicit(&w->shared->worker->total, total, memory_order_relaxed);
}

static uint32_t read_metadata(worker *w) {
  const dkr_host_page *page = w->shared->host;
  const uint8_t *at = w->shared->input + page->metadata_off;
  uint32_t count =
      page->metadata_count < METADATA_MAX ? page->metadata_count : METADATA_MAX;
  for (uint32_t i = 0; i < count; i++) {
    const dkr_metadata_entry *entry = (const dkr_metadata_entry *)(const void *)at;
    const char *name = (const char *)(entry + 1);
    w->metadata[i] = (dk_metadata){name, name + entry->name_len + 1, entry->value_len, 0};
    at += (sizeof *entry + entry->name_len + 1 + entry->value_len + 1 + 7) & ~UINT64_C(7);
  }
  return count;
}

static void call(worker *w) {
  const dkr_host_page *page = w->shared->host;
  if (!w->context)
    w->context = dkr_context_create_in(w->shared->output, &page->limits.call);
  const char *methods = (const char *)w->prefix.methods;
  if (!w->context || page->method >= w->prefix.method_count) {
    put_message(w, DK_RESOURCE_EXHAUSTED, "no memory for a call");
    answer(w, DKR_READY, DK_RESOURCE_EXHAUSTED);
    return;
  }
  const void *method = methods + (uint64_t)page->method * w->prefix.method_stride;
  dkr_request request = {
      .image = (const dk_image *)(const void *)w->shared->input,
      .deadline_ns = page->deadline_ns,
      .cancelled = (const volatile uint32_t *)&page->cancelled,
      .metadata_count = read_metadata(w),
      .metadata = w->metadata,
      .metadata_stride = sizeof(dk_metadata),
      .hooks = {.context = w, .flush = on_flush, .progress = on_progress},
  };
  answer(w, DKR_READY, dkr_invoke(w->context, method, w->self, &request));
}

int serve(const shared *shared) {
  static worker w;
  w.shared = shared;
  for (;;) {
    switch (next_command(&w)) {
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
      if (w.prefix.destroy && w.self)
        w.prefix.destroy(w.self);
      return 0;
    default:
      return STATUS_SANDBOX;
    }
  }
}
