/// Tests of the runtime side of the contract, run plainly and under the sanitizers.
#include "check.h"
#include "duikou_runtime.h"

#include <stdlib.h>

/// An image with one document of 12 bytes of text, and a table of two places.
typedef struct sample {
  dk_image image;
  dk_table tables[2];
  dk_document document;
  dk_place places[2];
  char pool[16];
  char text[16];
} sample;

static sample *new_sample(void) {
  sample *s = calloc(1, sizeof *s);
  if (!s)
    abort();
  s->image = (dk_image){.magic = DK_IMAGE_MAGIC,
                        .table_stride = sizeof(dk_table),
                        .size = sizeof *s,
                        .tables_off = offsetof(sample, tables),
                        .table_count = 2,
                        .pool_off = offsetof(sample, pool),
                        .pool_size = 5,
                        .text_off = offsetof(sample, text),
                        .text_size = 12};
  s->tables[0] =
      (dk_table){DK_DOCUMENT, sizeof(dk_document), offsetof(sample, document), 1, 0};
  s->tables[1] = (dk_table){DK_PLACE, sizeof(dk_place), offsetof(sample, places), 2, 0};
  s->document.text = (dk_span){0, 12};
  memcpy(s->text, "北京市。", 12);
  return s;
}

static const dk_use uses[] = {
    {DK_DOCUMENT, sizeof(dk_document), DK_READ, 0},
    {DK_PLACE, sizeof(dk_place), DK_USE | DK_WRITE, 0},
    {DK_MENTION, sizeof(dk_mention), DK_WRITE, 0},
};

static dk_method method_of(dk_status (*invoke)(void *, dk_call *)) {
  return (dk_method){.name = "Test",
                     .use_count = 3,
                     .uses = uses,
                     .use_stride = sizeof(dk_use),
                     .invoke = invoke};
}

static dkr_context *new_context(void) {
  dkr_limits limits = {
      .rows_size = 1 << 20, .pool_size = 1 << 16, .scratch_size = 1 << 16};
  dkr_context *context = dkr_context_create(&limits);
  if (!context)
    abort();
  return context;
}

static const dkr_segment *segments(const dkr_output *output) {
  return (const dkr_segment *)(const void *)((const char *)output + output->segments_off);
}

static int message_is(const dkr_output *output, const char *text) {
  return output->message_len == strlen(text) &&
         memcmp((const char *)output + output->message_off, text, strlen(text)) == 0;
}

static uint64_t total_rows(const dkr_output *output, uint32_t type) {
  uint64_t rows = 0;
  for (uint32_t i = 0; i < output->segment_count; i++)
    if (segments(output)[i].type == type)
      rows += segments(output)[i].row_count;
  return rows;
}

/// Runs a method over the sample and returns its status; the context's output tells the rest.
static dk_status run(dkr_context *context, dk_status (*invoke)(void *, dk_call *),
                     void *self, dkr_hooks hooks) {
  sample *s = new_sample();
  dk_method method = method_of(invoke);
  dkr_request request = {.image = &s->image, .deadline_ns = INT64_MAX, .hooks = hooks};
  dk_status status = dkr_invoke(context, &method, self, &request);
  free(s);
  return status;
}

static dk_status appends_two(void *self, dk_call *call) {
  (void)self;
  dk_ref first, second;
  dk_place *place = call->append(call, DK_PLACE, 1, &first);
  dk_mention *mention = call->append(call, DK_MENTION, 1, &second);
  CHECK(place && mention);
  if (!place || !mention)
    return DK_INTERNAL;
  CHECK(place->code == 0 && place->row.has == 0);
  CHECK(first.type == DK_PLACE && first.row == 3);
  CHECK(second.type == DK_MENTION && second.row == 1);
  place->code = 110000;
  place->name = call->intern(call, "北京市", 9);
  CHECK(place->name.off == 5 && place->name.len == 9);
  mention->entity = first;
  return DK_OK;
}

static void rows_continue_the_image(void) {
  CASE("rows and strings continue those of the image");
  dkr_context *context = new_context();
  CHECK(run(context, appends_two, NULL, (dkr_hooks){0}) == DK_OK);
  const dkr_output *output = dkr_context_output(context);
  CHECK(output->segment_count == 2);
  CHECK(segments(output)[0].row_count == 1 &&
        segments(output)[0].row_size == sizeof(dk_place));
  CHECK(output->pool_base == 5 && output->pool_size == 9);
  CHECK(memcmp((const char *)output + output->pool_off, "北京市", 9) == 0);
  dkr_context_destroy(context);
}

static dk_status appends_many(void *self, dk_call *call) {
  uint32_t count = *(uint32_t *)self;
  dk_place *first = NULL;
  for (uint32_t i = 0; i < count; i++) {
    dk_ref ref;
    dk_place *place = call->append(call, DK_PLACE, 1, &ref);
    if (!place)
      return DK_OK;
    first = first ? first : place;
    CHECK(ref.row == i + 3);
    place->code = i;
  }
  CHECK(!first || first->code == 0);
  return DK_OK;
}

static void rows_do_not_move(void) {
  CASE("rows stay where they are while tables grow");
  dkr_context *context = new_context();
  uint32_t count = 10000;
  CHECK(run(context, appends_many, &count, (dkr_hooks){0}) == DK_OK);
  const dkr_output *output = dkr_context_output(context);
  CHECK(total_rows(output, DK_PLACE) == count);
  uint32_t next = 0;
  for (uint32_t i = 0; i < output->segment_count; i++) {
    const char *rows = (const char *)output + segments(output)[i].rows_off;
    for (uint32_t row = 0; row < segments(output)[i].row_count; row++, next++)
      CHECK(((const dk_place *)(const void *)(rows + row * sizeof(dk_place)))->code ==
            next);
  }
  dkr_context_destroy(context);
}

static void memory_is_zeroed_when_used_again(void) {
  CASE("rows are zeroed also where another call has written before");
  dkr_context *context = new_context();
  uint32_t count = 5000;
  for (int i = 0; i < 3; i++) {
    CHECK(run(context, appends_many, &count, (dkr_hooks){0}) == DK_OK);
    CHECK(run(context, appends_two, NULL, (dkr_hooks){0}) == DK_OK);
  }
  dkr_context_destroy(context);
}

static void quota_of_rows_fails_the_call(void) {
  CASE("a call that appends more than its quota fails, though it returns DK_OK");
  dkr_context *context = new_context();
  uint32_t count = 1000000;
  CHECK(run(context, appends_many, &count, (dkr_hooks){0}) == DK_RESOURCE_EXHAUSTED);
  const dkr_output *output = dkr_context_output(context);
  CHECK(output->message_len > 0 && output->segment_count == 0 && output->pool_size == 0);
  dkr_context_destroy(context);
}

static dk_status appends_in_bulk(void *self, dk_call *call) {
  (void)self;
  dk_ref ref;
  dk_place *rows = call->append(call, DK_PLACE, 3000, &ref);
  if (!rows)
    return DK_INTERNAL;
  rows[2999].code = 7;
  CHECK(ref.row == 3);
  CHECK(call->append(call, DK_PLACE, 1, &ref) != NULL && ref.row == 3003);
  CHECK(call->append(call, DK_PLACE, 0, NULL) != NULL);
  return DK_OK;
}

static void bulk_rows_lie_together(void) {
  CASE("rows appended at once lie behind each other");
  dkr_context *context = new_context();
  CHECK(run(context, appends_in_bulk, NULL, (dkr_hooks){0}) == DK_OK);
  CHECK(total_rows(dkr_context_output(context), DK_PLACE) == 3001);
  dkr_context_destroy(context);
}

static dk_status appends_undeclared(void *self, dk_call *call) {
  (void)self;
  CHECK(call->append(call, DK_AGENCY, 1, NULL) == NULL);
  return DK_OK;
}

static dk_status interns_too_much(void *self, dk_call *call) {
  (void)self;
  static char big[4096];
  dk_str last = {1, 1};
  for (int i = 0; i < 32 && last.off; i++)
    last = call->intern(call, big, sizeof big);
  CHECK(last.off == 0 && last.len == 0);
  return DK_OK;
}

static dk_status wants_scratch(void *self, dk_call *call) {
  (void)self;
  char *a = call->scratch(call, 100), *b = call->scratch(call, 1);
  CHECK(a && b && b >= a + 100 && (uintptr_t)b % 16 == 0 && a[99] == 0);
  if (a)
    memset(a, 0xff, 100);
  CHECK(call->scratch(call, 1 << 20) == NULL);
  return DK_OK;
}

static dk_status fails_twice(void *self, dk_call *call) {
  (void)self;
  (void)call->append(call, DK_PLACE, 1, NULL);
  (void)call->fail(call, DK_NOT_FOUND, "没有找到", 12);
  return call->fail(call, DK_INTERNAL, "second", 6);
}

static dk_status returns_nonsense(void *self, dk_call *call) {
  (void)call;
  return *(dk_status *)self;
}

static dk_status fails_with_nonsense(void *self, dk_call *call) {
  return call->fail(call, *(dk_status *)self, NULL, 0);
}

static dk_status fails_at_length(void *self, dk_call *call) {
  (void)self;
  static char long_message[5000];
  memset(long_message, 'x', sizeof long_message);
  return call->fail(call, DK_ABORTED, long_message, sizeof long_message);
}

static void failures(void) {
  dkr_context *context = new_context();
  const dkr_output *output = dkr_context_output(context);
  dkr_hooks none = {0};
  CASE("appending to a type that was not declared fails the call");
  CHECK(run(context, appends_undeclared, NULL, none) == DK_INTERNAL);
  CASE("interning above the quota fails the call");
  CHECK(run(context, interns_too_much, NULL, none) == DK_RESOURCE_EXHAUSTED);
  CASE("scratch memory is zeroed, aligned and bounded");
  CHECK(run(context, wants_scratch, NULL, none) == DK_RESOURCE_EXHAUSTED);
  CHECK(run(context, wants_scratch, NULL, none) == DK_RESOURCE_EXHAUSTED);
  CASE("the first failure counts, and a failed call leaves nothing behind");
  CHECK(run(context, fails_twice, NULL, none) == DK_NOT_FOUND);
  CHECK(message_is(output, "没有找到") && output->segment_count == 0);
  CASE("a number that is no status becomes UNKNOWN");
  for (dk_status bad = -1; bad <= 17; bad += 18) {
    CHECK(run(context, returns_nonsense, &bad, none) == DK_UNKNOWN);
    CHECK(run(context, fails_with_nonsense, &bad, none) == DK_UNKNOWN);
  }
  CASE("every status comes through");
  for (dk_status code = DK_OK; code <= DK_UNAUTHENTICATED; code++)
    CHECK(run(context, returns_nonsense, &code, none) == code && output->status == code);
  CASE("a long message is cut");
  CHECK(run(context, fails_at_length, NULL, none) == DK_ABORTED);
  CHECK(output->message_len == DKR_MESSAGE_MAX);
  dkr_context_destroy(context);
}

typedef struct receiver {
  uint64_t rows, pool, flushes, progress;
  dk_status answer;
} receiver;

static dk_status on_flush(void *context, const dkr_output *output) {
  receiver *r = context;
  r->rows += total_rows(output, DK_PLACE);
  r->pool += output->pool_size;
  r->flushes++;
  return r->answer;
}

static void on_progress(void *context, uint64_t done, uint64_t total) {
  receiver *r = context;
  r->progress = done * 100 / total;
}

static dk_status flushes(void *self, dk_call *call) {
  (void)self;
  for (uint32_t i = 0; i < 100; i++) {
    dk_ref ref;
    dk_place *place = call->append(call, DK_PLACE, 1, &ref);
    CHECK(place && place->code == 0 && ref.row == i + 3);
    if (place) {
      place->code = i + 1;
      place->name = call->intern(call, "abcd", 4);
      CHECK(place->name.off == 5 + 4 * i);
    }
    call->progress(call, i + 1, 100);
    dk_status status = call->flush(call);
    if (status != DK_OK)
      return DK_OK;
  }
  return DK_OK;
}

static void flushing(void) {
  CASE("flushed rows go to the receiver, and indices go on counting");
  dkr_context *context = new_context();
  receiver r = {.answer = DK_OK};
  dkr_hooks hooks = {.context = &r, .flush = on_flush, .progress = on_progress};
  CHECK(run(context, flushes, NULL, hooks) == DK_OK);
  CHECK(r.rows == 100 && r.pool == 400 && r.flushes == 100 && r.progress == 100);
  CHECK(dkr_context_output(context)->segment_count == 0);
  CASE("without a receiver flushed rows are kept");
  CHECK(run(context, flushes, NULL, (dkr_hooks){0}) == DK_OK);
  CHECK(total_rows(dkr_context_output(context), DK_PLACE) == 100);
  CASE("a receiver that stops ends the call with its status");
  r = (receiver){.answer = DK_CANCELLED};
  CHECK(run(context, flushes, NULL, hooks) == DK_CANCELLED);
  CHECK(r.flushes == 1);
  dkr_context_destroy(context);
}

static dk_status watches_cancel(void *self, dk_call *call) {
  *(uint32_t *)self = 1;
  CHECK(dk_cancelled(call));
  return DK_CANCELLED;
}

static void cancelling(void) {
  CASE("the cancel word is the caller's");
  dkr_context *context = new_context();
  sample *s = new_sample();
  uint32_t word = 1, seen = 0;
  dk_method method = method_of(watches_cancel);
  dkr_request request = {.image = &s->image, .cancelled = &word};
  CHECK(dkr_invoke(context, &method, &seen, &request) == DK_CANCELLED && seen);
  free(s);
  dkr_context_destroy(context);
}

static void opening(void) {
  char message[DKR_MESSAGE_MAX];
  dkr_entry entry;
  CASE("what is no library is refused with a message");
  CHECK(dkr_open("/nonexistent.so", &entry, message) == DK_INVALID_ARGUMENT &&
        message[0]);
  CASE("a library without the symbol is refused with a message");
  CHECK(dkr_open("libm.so.6", &entry, message) == DK_FAILED_PRECONDITION);
  CHECK(strstr(message, "duikou_plugin_v1") != NULL);
}

static void domain(void) {
  CASE("the domain's descriptors fit its rows");
  uint32_t count;
  const dk_type *types = dkr_domain_types(&count);
  CHECK(count == 26);
  for (uint32_t i = 0; i < count; i++) {
    CHECK(types[i].size % 8 == 0 && strncmp(types[i].name, "duikou.", 7) == 0);
    for (uint32_t f = 0; f < types[i].field_count; f++)
      CHECK(types[i].fields[f].offset >= sizeof(dk_row) &&
            types[i].fields[f].offset < types[i].size);
  }
}

static const char *trailer_name, *trailer_value;

static dk_status sends_a_trailer(void *self, dk_call *call) {
  (void)self;
  return call->trailer(call, trailer_name, trailer_value,
                       (uint32_t)strlen(trailer_value));
}

static dk_status sends_trailers(void *self, dk_call *call) {
  uint32_t count = *(const uint32_t *)self;
  for (uint32_t i = 0; i < count; i++)
    if (call->trailer(call, "a", "12345678901234567890", 20) != DK_OK)
      return DK_OK;
  return DK_OK;
}

static void trailers(void) {
  static const struct {
    const char *name, *value;
    dk_status status;
  } cases[] = {{"rows-left", "12", DK_OK},
               {"a_b.c", "", DK_OK},
               {"note-bin", "\xe5\x9c\xb0\n", DK_OK},
               {"note", "\xe5\x9c\xb0", DK_INTERNAL},
               {"note", "a\nb", DK_INTERNAL},
               {"", "1", DK_INTERNAL},
               {"Rows", "1", DK_INTERNAL},
               {"a:b", "1", DK_INTERNAL},
               {"-bin", "0", DK_INTERNAL},
               {"grpc-status", "0", DK_INTERNAL},
               {"duikou-plugin", "x", DK_INTERNAL}};
  CASE("a trailer is taken when gRPC allows it, and fails the call otherwise");
  sample *s = new_sample();
  dkr_context *context = new_context();
  dkr_request request = {.image = &s->image};
  dk_method one = method_of(sends_a_trailer);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    trailer_name = cases[i].name;
    trailer_value = cases[i].value;
    CHECK(dkr_invoke(context, &one, NULL, &request) == cases[i].status);
  }
  CASE("trailers are kept behind one another, and each call begins without any");
  dk_method many = method_of(sends_trailers);
  uint32_t count = 2;
  CHECK(dkr_invoke(context, &many, &count, &request) == DK_OK);
  const dkr_output *output = dkr_context_output(context);
  const uint8_t *at = (const uint8_t *)output + output->trailers_off;
  CHECK(output->trailers_size == 2 * (8 + 1 + 20));
  CHECK(at[0] == 1 && at[4] == 20 && at[8] == 'a' && !memcmp(at + 9, "1234", 4));
  CHECK(at[29] == 1 && at[37] == 'a');
  CASE("trailers end at their limit");
  count = 4096 / 29;
  CHECK(dkr_invoke(context, &many, &count, &request) == DK_OK);
  count++;
  CHECK(dkr_invoke(context, &many, &count, &request) == DK_RESOURCE_EXHAUSTED);
  dkr_context_destroy(context);
  free(s);
}

int main(void) {
  rows_continue_the_image();
  rows_do_not_move();
  memory_is_zeroed_when_used_again();
  quota_of_rows_fails_the_call();
  bulk_rows_lie_together();
  failures();
  trailers();
  flushing();
  cancelling();
  opening();
  domain();
  printf("%d passed, %d failed\n", passed, failed);
  return failed != 0;
}
