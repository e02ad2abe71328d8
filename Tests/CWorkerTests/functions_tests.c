/// Plugins of plain C functions: what is not as it is described harms its worker only.
#include "check.h"
#include "session.h"
#include "tests.h"

#include <signal.h>

enum { DOUBLE = 0, FOLLOW = 1, FIRST_TYPE = 0x10001 };

/// A request of Plugins/functions.c.
typedef struct request {
  dk_image image;
  dk_table table;
  dk_row row;
  int64_t number;
  char pool[8];
} request;

static request request_of(uint32_t method, int64_t number) {
  return (request){.image = {.magic = DK_IMAGE_MAGIC,
                             .table_stride = sizeof(dk_table),
                             .size = sizeof(request),
                             .tables_off = offsetof(request, table),
                             .table_count = 1,
                             .pool_off = offsetof(request, pool),
                             .pool_size = 1,
                             .text_off = sizeof(request)},
                   .table = {FIRST_TYPE + 2 * method, sizeof(dk_row) + 8,
                             offsetof(request, row), 1, 0},
                   .row = {.has = DK_BIT(1)},
                   .number = number};
}

static int call_function(session *s, uint32_t method, int64_t number) {
  request r = request_of(method, number);
  return call_over(s, method, &r.image);
}

/// The number in the one row of the output; -1 where there is none.
static int64_t number_of(const session *s) {
  const dkr_output *output = output_of(s);
  const char *base = (const char *)output;
  dkr_segment segment;
  memcpy(&segment, base + output->segments_off, sizeof segment);
  int64_t number = -1;
  if (output->segment_count == 1 && segment.row_count == 1 &&
      segment.type == FIRST_TYPE + 1 && segment.row_size == sizeof(dk_row) + 8)
    memcpy(&number, base + segment.rows_off + sizeof(dk_row), sizeof number);
  return number;
}

static void calling(void) {
  CASE("a function is called behind the closed sandbox");
  session *s = start_ready("functions", (start_options){0});
  for (int64_t i = 1; i < 1000; i *= 10)
    CHECK(call_function(s, DOUBLE, i) == DK_OK && number_of(s) == 2 * i);
  CASE("a request without its row is refused");
  CHECK(call(s, DOUBLE, NULL, 0) == DK_INVALID_ARGUMENT);
  CHECK(message_has(s, "the request has 0 rows of cn.example.functions.double_request"));
  CASE("and the worker goes on");
  CHECK(call_function(s, DOUBLE, 21) == DK_OK && number_of(s) == 42);
  CHECK(command(s, DKR_DRAIN) == HAS_ENDED && reap(s) && s->status == 0);
  finish(s);
}

static void crashing(void) {
  CASE("a function that is described wrongly crashes its worker, and the record says so");
  session *s = start_ready("functions", (start_options){0});
  CHECK(call_function(s, FOLLOW, 0x1234560) == HAS_ENDED);
  CHECK(reap(s) && s->status == -SIGSEGV);
  dkr_crash crash = dkr_channel_crash(s->channel, 0);
  CHECK(crash.signal == SIGSEGV && crash.address == 0x1234560 && crash.thread == 0);
  CHECK(crash.is_plugin == 1 && strcmp(crash.module, "functions.so") == 0);
  finish(s);
}

static void refusing(void) {
  CASE("a description that cannot be true is refused with a sentence");
  start_options options = {.environment = "DUIKOU_FUNCTIONS=wrong"};
  session *s = start("functions", options);
  CHECK(command(s, DKR_DESCRIBE) == DK_INVALID_ARGUMENT);
  CHECK(
      message_has(s, "cn.example.functions/Wrong: the address of its function is NULL"));
  finish(s);
}

counts test_functions(void) {
  calling();
  crashing();
  refusing();
  return (counts){passed, failed};
}
