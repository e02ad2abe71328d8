#define _GNU_SOURCE
#include "session.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

setting tests;

static const dkr_channel_limits limits = {
    .input_size = 1 << 20,
    .call = {.rows_size = 32 << 20, .pool_size = 1 << 20, .scratch_size = 1 << 20}};

static void give_up(const char *what) {
  perror(what);
  exit(2);
}

void plugin_path(const char *plugin, char path[4096]) {
  snprintf(path, 4096, "%s/%s.so", tests.plugins, plugin);
}

static void spawn(session *s, int descriptors[5], int out, start_options options) {
  char host[32];
  snprintf(host, sizeof host, "DUIKOU_HOST=%d", (int)getpid());
  char *arguments[4] = {(char *)tests.worker};
  int count = 1;
  if (tests.uid)
    arguments[count++] = (char *)tests.uid;
  arguments[count] = (char *)options.argument;
  char *environment[] = {"LANG=C.UTF-8", host, (char *)options.environment, NULL};
  s->process = dkr_spawn(arguments, environment, descriptors, out, out, &s->pidfd);
  if (s->process < 0)
    give_up(tests.worker);
}

session *start(const char *plugin, start_options options) {
  session *s = calloc(1, sizeof *s);
  int descriptors[5], ends[2];
  if (!s || !(s->channel = dkr_channel_create(&limits)) || pipe2(ends, O_CLOEXEC) != 0)
    give_up("a channel");
  plugin_path(plugin, s->path);
  dkr_channel_descriptors(s->channel, descriptors);
  descriptors[4] = open(s->path, O_RDONLY | O_CLOEXEC);
  if (descriptors[4] < 0)
    give_up(s->path);
  spawn(s, descriptors, ends[1], options);
  close(descriptors[4]);
  close(ends[1]);
  s->output = ends[0];
  return s;
}

session *start_ready(const char *plugin, start_options options) {
  session *s = start(plugin, options);
  if (command(s, DKR_DESCRIBE) != DK_OK || command(s, DKR_CREATE) != DK_OK) {
    fprintf(stderr, "%s cannot be made ready\n", plugin);
    exit(2);
  }
  return s;
}

/// What the host's reaper does. Returns 0 when the worker has not ended within that time.
static int note_end(session *s, int milliseconds) {
  struct pollfd ended = {.fd = s->pidfd, .events = POLLIN};
  if (!s->has_ended && poll(&ended, 1, milliseconds) == 1 &&
      dkr_reap(s->pidfd, &s->status) == 1) {
    s->has_ended = 1;
    dkr_channel_mark_dead(s->channel);
  }
  return s->has_ended;
}

int wait_for(session *s, int milliseconds) {
  int64_t end = dkr_now_ns() + (int64_t)milliseconds * 1000000;
  for (;;) {
    // In turns, since these tests have one thread.
    int64_t moment = dkr_now_ns() + 2000000;
    int result = dkr_channel_wait(s->channel, moment < end ? moment : end);
    if (result == DKR_ANSWERED) {
      dkr_answer answer = dkr_channel_answer(s->channel);
      return answer.kind == DKR_READY ? answer.status : IS_STRANGE;
    }
    if (result == DKR_ENDED)
      return HAS_ENDED;
    if (!note_end(s, 0) && dkr_now_ns() >= end)
      return IS_LATE;
  }
}

int command(session *s, uint32_t command) {
  dkr_channel_post(s->channel, command);
  return wait_for(s, ANSWER_MS);
}

int create_over(session *s, const dk_image *config) {
  uint64_t size = config ? config->size : 0;
  return dkr_channel_create_plugin(s->channel, config, size) ? wait_for(s, ANSWER_MS)
                                                             : IS_STRANGE;
}

static const dk_image *small_image(void) {
  static struct {
    dk_image image;
    char pool[8];
  } small = {.image = {.magic = DK_IMAGE_MAGIC,
                       .table_stride = sizeof(dk_table),
                       .size = sizeof small,
                       .tables_off = sizeof(dk_image),
                       .pool_off = sizeof(dk_image),
                       .pool_size = 1,
                       .text_off = sizeof small}};
  return &small.image;
}

static int post(session *s, const dk_image *image, uint32_t method,
                const dk_metadata *metadata, uint32_t count) {
  dkr_call_request request = {.image = image,
                              .image_size = image->size,
                              .method = method,
                              .metadata = metadata,
                              .metadata_count = count,
                              .deadline_ns = INT64_MAX};
  return dkr_channel_call(s->channel, &request);
}

int call(session *s, uint32_t method, const dk_metadata *metadata, uint32_t count) {
  dkr_channel_begin(s->channel);
  return post(s, small_image(), method, metadata, count) ? wait_for(s, ANSWER_MS)
                                                         : IS_STRANGE;
}

int call_over(session *s, uint32_t method, const dk_image *image) {
  dkr_channel_begin(s->channel);
  return post(s, image, method, NULL, 0) ? wait_for(s, ANSWER_MS) : IS_STRANGE;
}

void post_call(session *s, uint32_t method) {
  post(s, small_image(), method, NULL, 0);
}

const dkr_output *output_of(const session *s) {
  uint64_t size;
  return dkr_channel_output(s->channel, &size);
}

int message_has(const session *s, const char *text) {
  const dkr_output *output = output_of(s);
  char message[DKR_MESSAGE_MAX + 1] = "";
  if (output->message_len <= DKR_MESSAGE_MAX)
    memcpy(message, (const char *)output + output->message_off, output->message_len);
  return strstr(message, text) != NULL;
}

static void read_output(session *s) {
  size_t len = 0;
  ssize_t got;
  while (len < OUTPUT_SIZE - 1 &&
         (got = read(s->output, s->text + len, OUTPUT_SIZE - 1 - len)) > 0)
    len += (size_t)got;
  s->text[len] = 0;
}

int reap(session *s) {
  if (!note_end(s, ANSWER_MS))
    return 0;
  read_output(s);
  return 1;
}

void finish(session *s) {
  if (!s->has_ended) {
    dkr_signal(s->pidfd, SIGKILL);
    note_end(s, ANSWER_MS);
  }
  close(s->pidfd);
  close(s->output);
  dkr_channel_destroy(s->channel);
  free(s);
}
