/// The plugin that is called in all benchmarks: it does nothing, finds records, appends rows, or
/// crashes.
#include <bench_work.h>
#include <stdlib.h>

static dk_status run_empty(void *self, dk_call *call) {
  (void)self;
  (void)call;
  return DK_OK;
}

/// Finds the records of one document, as an extractor would: row by row.
static dk_status find(dk_call *call, dk_span text, uint32_t document) {
  const char *bytes = dk_text(call->image) + text.off;
  uint32_t count = text.len / BENCH_STEP;
  for (uint32_t i = 0; i < count && i < BENCH_RECORDS; i++) {
    bench_record *record = call->append(call, BENCH_RECORD_TYPE, 1, NULL);
    if (!record)
      return DK_RESOURCE_EXHAUSTED;
    dk_str name = call->intern(call, bytes + i * BENCH_STEP, BENCH_NAME_SIZE);
    bench_write(record, text.off, i, document, name);
  }
  return DK_OK;
}

/// Finds the records of all documents; hands them over behind every `flushed` documents, or with 0 at
/// the end.
static dk_status find_all(dk_call *call, uint32_t flushed) {
  const dk_table *documents = dk_find(call->image, DK_DOCUMENT);
  for (uint32_t i = 0; documents && i < documents->row_count; i++) {
    const dk_document *document = dk_row_at(call->image, documents, i);
    dk_status status = find(call, document->text, i + 1);
    if (status == DK_OK && flushed && (i + 1) % flushed == 0)
      status = call->flush(call);
    if (status != DK_OK)
      return status;
  }
  return DK_OK;
}

static dk_status run_document(void *self, dk_call *call) {
  (void)self;
  return find_all(call, 0);
}

static dk_status run_documents(void *self, dk_call *call) {
  (void)self;
  return find_all(call, BENCH_FLUSHED);
}

static dk_status run_append(void *self, dk_call *call) {
  (void)self;
  bench_record pattern = {0};
  bench_write(&pattern, 0, 0, 0, (dk_str){0, 0});
  for (uint32_t i = 0; i < BENCH_APPENDED; i++) {
    bench_record *record = call->append(call, BENCH_RECORD_TYPE, 1, NULL);
    if (!record)
      return DK_RESOURCE_EXHAUSTED;
    *record = pattern;
  }
  return DK_OK;
}

static dk_status run_crash(void *self, dk_call *call) {
  (void)self;
  (void)call;
  abort();
}

static const dk_field fields[] = {
    DK_FIELD(bench_record, name, 1, DK_STRING, "Copied from the text."),
    DK_FIELD(bench_record, sentence, 2, DK_SPAN, "What the name stands in."),
    DK_FIELD_UNIT(bench_record, amount, 3, DK_I64, "fen", "An amount."),
    DK_FIELD_UNIT(bench_record, day, 4, DK_I32, "day", "A date."),
    DK_FIELD(bench_record, kind, 5, DK_U32, "A kind.")};

static const dk_type types[] = {{.name = "org.duikou.bench.record",
                                 .doc = "What is found in the text.",
                                 .id = BENCH_RECORD_TYPE,
                                 .size = sizeof(bench_record),
                                 .fields = fields,
                                 .field_count = DK_COUNT(fields),
                                 .field_stride = sizeof(dk_field)}};

static const dk_use uses[] = {{DK_DOCUMENT, sizeof(dk_document), DK_USE, 0},
                              {BENCH_RECORD_TYPE, sizeof(bench_record), DK_WRITE, 0}};

#define METHOD(method_name, function, sentence) STREAM(method_name, function, sentence, 0)
#define STREAM(method_name, function, sentence, bits)                                    \
  {                                                                                      \
    .name = method_name, .doc = sentence, .flags = bits, .use_count = DK_COUNT(uses),    \
    .uses = uses, .use_stride = sizeof(dk_use), .invoke = function                       \
  }

static const dk_method methods[] = {
    [BENCH_EMPTY] = METHOD("Empty", run_empty, "Does nothing."),
    [BENCH_DOCUMENT] =
        METHOD("Document", run_document, "Finds 200 records in each document."),
    [BENCH_APPEND] = METHOD("Append", run_append, "Appends 4096 rows."),
    [BENCH_CRASH] = METHOD("Crash", run_crash, "Ends its process."),
    [BENCH_DOCUMENTS] =
        STREAM("Documents", run_documents,
               "The same, with a message for every sixteen documents.", DK_STREAMING)};

#define ID      "org.duikou.bench"
#define VERSION "1.0.0"

static const dk_plugin plugin = {.size = sizeof(dk_plugin),
                                 .id = ID,
                                 .version = VERSION,
                                 .doc = "What the benchmarks call.",
                                 .types = types,
                                 .type_count = DK_COUNT(types),
                                 .type_stride = sizeof(dk_type),
                                 .methods = methods,
                                 .method_count = DK_COUNT(methods),
                                 .method_stride = sizeof(dk_method)};

DK_NOTE(ID, VERSION);

const dk_plugin *duikou_plugin_v1(const dk_host *host) {
  (void)host;
  return &plugin;
}

/// For the yardsticks: the same work by a plain pointer.
DK_EXPORT uint32_t bench_fill(const char *text, uint32_t size, bench_record *records,
                              char *pool);
uint32_t bench_fill(const char *text, uint32_t size, bench_record *records, char *pool) {
  return bench_fill_inline(text, size, records, pool);
}
