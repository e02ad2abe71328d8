/// A worker with a plugin that does what it should.
#define _GNU_SOURCE
#include "check.h"
#include "session.h"
#include "tests.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { // methods of Plugins/good.c
  COUNTS,
  ECHOES,
  FLUSHES,
  WAITS,
  FAILS,
  WRITES_LINES,
  ENDS_A_THREAD,
  READS_WHILE_DEAF,
  READS_TIME,
  ASKS_ABOUT_A_THREAD,
  READS_CLOCKS,
  READS_TABLES,
  METHODS
};

static const start_options plain;

static uint32_t rows_of(const dkr_output *output) {
  const dkr_segment *segments =
      (const dkr_segment *)(const void *)((const char *)output + output->segments_off);
  uint32_t rows = 0;
  for (uint32_t i = 0; i < output->segment_count; i++)
    rows += segments[i].row_count;
  return rows;
}

static void describing(void) {
  CASE("a description comes with its size in front");
  session *s = start("good", plain);
  CHECK(command(s, DKR_DESCRIBE) == DK_OK);
  uint64_t size, used;
  const char *output = dkr_channel_output(s->channel, &size);
  memcpy(&used, output, sizeof used);
  uint32_t first;
  memcpy(&first, output + sizeof used, sizeof first);
  CHECK(used > 100 && used < 4096 && first == sizeof(dk_plugin));
  CHECK(memmem(output, used, "cn.example.test", 15) != NULL);
  finish(s);
}

static void calling(session *s) {
  CASE("rows, strings and progress arrive, again and again");
  for (int i = 0; i < 1000; i++) {
    int right = call(s, COUNTS, NULL, 0) == DK_OK && rows_of(output_of(s)) == 200 &&
                output_of(s)->pool_size == 200 * 6;
    if (!right || i == 999)
      CHECK(right);
  }
  uint64_t done, total;
  dkr_channel_progress(s->channel, &done, &total);
  CHECK(done == 3 && total == 4);
  CASE("the progress of the next call begins at nothing");
  CHECK(call(s, ECHOES, NULL, 0) == DK_OK);
  dkr_channel_progress(s->channel, &done, &total);
  CHECK(done == 0 && total == 0);
  CASE("a failure comes with its message and without rows");
  CHECK(call(s, FAILS, NULL, 0) == DK_NOT_FOUND && message_has(s, "没有找到"));
  CASE("a method that is not there is refused, and the next call is served");
  CHECK(call(s, METHODS, NULL, 0) == DK_UNIMPLEMENTED && message_has(s, "no method"));
  CHECK(call(s, COUNTS, NULL, 0) == DK_OK && rows_of(output_of(s)) == 200);
  CHECK(call(s, FAILS, NULL, 0) == DK_NOT_FOUND && message_has(s, "没有找到"));
}

static void metadata(session *s) {
  CASE("metadata arrive, also many of them");
  static const dk_metadata two[] = {{"lang", "zh", 2, 0}, {"empty", NULL, 0, 0}};
  CHECK(call(s, ECHOES, two, 2) == DK_OK);
  const dkr_output *output = output_of(s);
  CHECK(output->pool_size == 11 &&
        memcmp((const char *)output + output->pool_off, "langzhempty", 11) == 0);
  enum { MANY = 3000 };
  dk_metadata *many = calloc(MANY, sizeof *many);
  for (int i = 0; i < MANY; i++)
    many[i] = (dk_metadata){"a", "bc", 2, 0};
  CHECK(call(s, ECHOES, many, MANY) == DK_OK && output_of(s)->pool_size == 3 * MANY);
  free(many);
}

static void flushing(session *s) {
  CASE("flushed rows arrive in the middle of a call");
  dkr_channel_begin(s->channel);
  post_call(s, FLUSHES);
  for (int i = 0; i < 5; i++) {
    CHECK(wait_for(s, ANSWER_MS) == IS_STRANGE);
    CHECK(dkr_channel_answer(s->channel).kind == DKR_FLUSHED);
    CHECK(rows_of(output_of(s)) == 2);
    dkr_channel_continue(s->channel, DK_OK);
  }
  CHECK(wait_for(s, ANSWER_MS) == DK_OK && rows_of(output_of(s)) == 0);
  CASE("what the host answers to a flush ends the call");
  dkr_channel_begin(s->channel);
  post_call(s, FLUSHES);
  CHECK(wait_for(s, ANSWER_MS) == IS_STRANGE);
  dkr_channel_continue(s->channel, DK_CANCELLED);
  CHECK(wait_for(s, ANSWER_MS) == DK_CANCELLED);
}

static void cancelling(session *s) {
  CASE("a call sees its cancel word, and the next one does not");
  for (int i = 0; i < 2; i++) {
    dkr_channel_begin(s->channel);
    post_call(s, WAITS);
    CHECK(wait_for(s, 50) == IS_LATE);
    uint64_t done, total;
    dkr_channel_progress(s->channel, &done, &total);
    CHECK(done == 1 && total == 2);
    dkr_channel_cancel(s->channel);
    CHECK(wait_for(s, ANSWER_MS) == DK_CANCELLED);
  }
  CASE("a cancellation that comes before the call is posted reaches it");
  dkr_channel_begin(s->channel);
  dkr_channel_cancel(s->channel);
  post_call(s, WAITS);
  CHECK(wait_for(s, 1000) == DK_CANCELLED);
  CASE("one that came before the call began does not");
  dkr_channel_cancel(s->channel);
  dkr_channel_begin(s->channel);
  post_call(s, WAITS);
  CHECK(wait_for(s, 50) == IS_LATE);
  dkr_channel_cancel(s->channel);
  CHECK(wait_for(s, ANSWER_MS) == DK_CANCELLED);
}

static void living_in_the_sandbox(session *s) {
  CASE("a thread may end itself");
  CHECK(call(s, ENDS_A_THREAD, NULL, 0) == DK_OK);
  CASE("a thread that blocks all signals may ask for the state of a file");
  CHECK(call(s, READS_WHILE_DEAF, NULL, 0) == DK_OK);
  CASE("a zone of time can be read, and the state of its file");
  CHECK(call(s, READS_TIME, NULL, 0) == DK_OK);
  CASE("the state of a thread is told without /proc");
  CHECK(call(s, ASKS_ABOUT_A_THREAD, NULL, 0) == DK_OK);
  CASE("the machine's clocks and its own can be read");
  CHECK(call(s, READS_CLOCKS, NULL, 0) == DK_OK);
  CASE("the tables that tell a font's characters can be listed and read");
  CHECK(call(s, READS_TABLES, NULL, 0) == DK_OK);
}

static void writing_and_draining(session *s) {
  CASE("lines of the log have a severity, are one line and are cut between characters");
  CHECK(call(s, WRITES_LINES, NULL, 0) == DK_OK);
  CHECK(command(s, DKR_DRAIN) == HAS_ENDED);
  CHECK(reap(s) && s->status == 0);
  CHECK(strstr(s->text, "\x1e"
                        "3two lines\n"));
  CHECK(strstr(s->text, "\x1e"
                        "3two marks\n"));
  const char *error = strstr(s->text, "\x1e"
                                      "4x");
  CHECK(error && strcspn(error, "\n") == 2 + 3999);
  CASE("what is printed arrives without a flush");
  CHECK(strstr(s->text, "printed\n"));
  CASE("a worker that is drained destroys the instance and ends with 0");
  CHECK(strstr(s->text, "destroyed\n"));
}

static void sleeping(void) {
  CASE("a worker that has gone to sleep serves too");
  session *s = start_ready("good", plain);
  for (int i = 0; i < 100; i++) {
    usleep(1000);
    int right = call(s, COUNTS, NULL, 0) == DK_OK;
    if (!right || i == 99)
      CHECK(right);
  }
  finish(s);
}

counts test_serving(void) {
  describing();
  session *s = start_ready("good", plain);
  calling(s);
  metadata(s);
  flushing(s);
  cancelling(s);
  living_in_the_sandbox(s);
  writing_and_draining(s);
  finish(s);
  sleeping();
  return (counts){passed, failed};
}
