#define _GNU_SOURCE
#include "duikou_worker.h"
#include "library.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/// Longer than any answer takes: whatever is silent for so long has ended.
static const int64_t patience_ns = 10000000000;

struct bench_worker {
  dkr_channel *channel;
  int pidfd;
};

static int ask(bench_worker *worker, uint32_t command) {
  dkr_channel_post(worker->channel, command);
  return dkr_channel_wait(worker->channel, dkr_now_ns() + patience_ns) == DKR_ANSWERED &&
         dkr_channel_answer(worker->channel).status == DK_OK;
}

/// Starts the process on descriptors of the channel and the plugin's file.
static int spawn(bench_worker *worker, const char *program, const char *plugin) {
  char *arguments[3] = {(char *)(uintptr_t)program, NULL, NULL};
  char uid[] = "--uid=65534", language[] = "LANG=C.UTF-8";
  char *environment[2] = {language, NULL};
  if (getuid() == 0)
    arguments[1] = uid;
  int descriptors[5];
  dkr_channel_descriptors(worker->channel, descriptors);
  descriptors[4] = open(plugin, O_RDONLY | O_CLOEXEC);
  if (descriptors[4] < 0)
    return 0;
  int process = dkr_spawn(arguments, environment, descriptors, STDERR_FILENO,
                          STDERR_FILENO, &worker->pidfd);
  close(descriptors[4]);
  return process > 0;
}

bench_worker *bench_worker_start(const char *program, const char *plugin) {
  const dkr_channel_limits limits = {.input_size = 1u << 30,
                                     .call = {.rows_size = 256u << 20,
                                              .pool_size = 256u << 20,
                                              .scratch_size = 256u << 20}};
  bench_worker *worker = calloc(1, sizeof *worker);
  if (!worker)
    return NULL;
  worker->pidfd = -1;
  worker->channel = dkr_channel_create(&limits);
  if (worker->channel && spawn(worker, program, plugin) && ask(worker, DKR_DESCRIBE) &&
      ask(worker, DKR_CREATE))
    return worker;
  bench_worker_stop(worker);
  return NULL;
}

void bench_worker_stop(bench_worker *worker) {
  if (worker->pidfd >= 0) {
    struct pollfd ended = {.fd = worker->pidfd, .events = POLLIN};
    int status;
    dkr_signal(worker->pidfd, SIGKILL);
    poll(&ended, 1, -1);
    dkr_reap(worker->pidfd, &status);
    close(worker->pidfd);
  }
  dkr_channel_destroy(worker->channel);
  free(worker);
}

double bench_worker_cold(const char *program, const char *plugin) {
  enum { samples = 10 };
  double values[samples];
  for (uint32_t i = 0; i < samples; i++) {
    int64_t start = dkr_now_ns();
    bench_worker *worker = bench_worker_start(program, plugin);
    values[i] = (double)(dkr_now_ns() - start);
    if (!worker)
      return -1;
    bench_worker_stop(worker);
  }
  return bench_median_of(values, samples);
}

/// What one series needs.
typedef struct series {
  bench_worker *worker;
  dkr_call_request request;
} series;

static void call(void *context, uint32_t calls) {
  series *series = context;
  dkr_channel *channel = series->worker->channel;
  for (uint32_t i = 0; i < calls; i++) {
    dkr_channel_begin(channel);
    if (!dkr_channel_call(channel, &series->request) ||
        dkr_channel_wait(channel, dkr_now_ns() + patience_ns) != DKR_ANSWERED ||
        dkr_channel_answer(channel).status != DK_OK)
      abort();
    uint64_t size;
    uint64_t sum = bench_read_output(dkr_channel_output(channel, &size));
    BENCH_KEEP(sum);
  }
}

double bench_worker_measure(bench_worker *worker, int kind, const void *image,
                            uint64_t size, uint32_t pause_us) {
  series series = {
      .worker = worker,
      .request = {.image = image,
                  .image_size = size,
                  .method = kind == BENCH_KIND_EMPTY ? BENCH_EMPTY : BENCH_DOCUMENT,
                  .deadline_ns = INT64_MAX}};
  if (pause_us)
    return bench_median_paused(call, &series, 150, pause_us);
  return bench_median(call, &series, 1000, kind == BENCH_KIND_EMPTY ? 100 : 20);
}
