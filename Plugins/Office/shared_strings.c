#include "shared_strings.h"
#include "cell_values.h"

#include <stdlib.h>
#include <string.h>

enum { STRINGS_MAX = 64 << 20 };

typedef struct reading {
  job *job;
  shared_strings *strings;
  int in_text, phonetic; ///< elements around
} reading;

static void on_start(void *context, const xml_element *e) {
  reading *r = context;
  if (e->space != XML_SHEET)
    return;
  r->in_text = strcmp(e->name, "t") == 0;
  r->phonetic += strcmp(e->name, "rPh") == 0;
}

/// Ends a string: what was added since the last one.
static void end_string(reading *r) {
  shared_strings *s = r->strings;
  uint32_t start = s->count ? s->ends[s->count - 1] : 0;
  uint32_t len = s->all.len - start;
  if (len)
    unescape(s->all.bytes + start, &len);
  s->all.len = start + len;
  if (s->count == s->capacity) {
    uint32_t capacity = s->capacity + s->capacity / 2 + 1024;
    uint32_t *ends = realloc(s->ends, capacity * sizeof *ends);
    if (!ends) {
      job_fail_memory(r->job);
      return;
    }
    s->ends = ends;
    s->capacity = capacity;
  }
  s->ends[s->count++] = s->all.len;
}

static void check_size(reading *r) {
  uint64_t size = r->strings->all.len + r->strings->count * sizeof(uint32_t);
  if (size > STRINGS_MAX)
    job_fail(r->job, DK_RESOURCE_EXHAUSTED,
             "the workbook's strings take more than %d MB: split it", STRINGS_MAX >> 20);
}

static void on_end(void *context, const xml_element *e) {
  reading *r = context;
  r->in_text = 0;
  if (e->space != XML_SHEET)
    return;
  r->phonetic -= strcmp(e->name, "rPh") == 0;
  if (strcmp(e->name, "si") != 0)
    return;
  end_string(r);
  check_size(r);
}

static void on_text(void *context, const char *bytes, uint32_t len) {
  reading *r = context;
  if (!r->in_text || r->phonetic)
    return;
  if (!text_add(&r->strings->all, bytes, len))
    job_fail_memory(r->job);
  check_size(r);
}

void read_shared_strings(job *j, zip *z, uint32_t part, shared_strings *strings) {
  static const xml_handler handler = {on_start, on_end, on_text};
  char problem[160];
  reading r = {.job = j, .strings = strings};
  xml_result result = xml_read(j, z, part, &handler, &r, problem);
  if (result == XML_CUT)
    job_note(j, DK_LOG_WARNING,
             "the workbook's strings are cut off or damaged: the first %u are read",
             (unsigned)strings->count);
  if (result == XML_BROKEN)
    job_fail(
        j, DK_INVALID_ARGUMENT,
        "the workbook's strings are damaged (%s): open it in Excel and save it again",
        problem);
}

void free_shared_strings(shared_strings *strings) {
  text_free(&strings->all);
  free(strings->ends);
  *strings = (shared_strings){0};
}

xml_value shared_string(const shared_strings *strings, uint32_t index) {
  if (index >= strings->count)
    return (xml_value){NULL, 0};
  uint32_t start = index ? strings->ends[index - 1] : 0;
  const char *bytes = strings->all.bytes ? strings->all.bytes + start : "";
  return (xml_value){bytes, strings->ends[index] - start};
}
