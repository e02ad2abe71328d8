#include "properties.h"
#include "text.h"

#include <string.h>

enum { TITLE_MAX = 1024 };

typedef struct reading {
  job *job;
  text title;
  int in_title;
} reading;

static int is_title(const xml_element *e) {
  return e->space == XML_PROPERTIES && strcmp(e->name, "title") == 0;
}

static void on_start(void *context, const xml_element *e) {
  ((reading *)context)->in_title = is_title(e);
}

static void on_end(void *context, const xml_element *e) {
  (void)e;
  ((reading *)context)->in_title = 0;
}

static void on_text(void *context, const char *bytes, uint32_t len) {
  reading *r = context;
  if (r->in_title && r->title.len <= TITLE_MAX && !text_add_flat(&r->title, bytes, len))
    job_fail_memory(r->job);
}

/// Takes the white space at both ends off.
static xml_value trimmed(const text *t) {
  uint32_t start = 0, end = text_fitting(t->bytes, t->len, TITLE_MAX);
  while (start < end && t->bytes[start] == ' ')
    start++;
  while (end > start && t->bytes[end - 1] == ' ')
    end--;
  return (xml_value){t->bytes + start, end - start};
}

void append_title(job *j, zip *z, const relationships *of_file) {
  static const xml_handler handler = {on_start, on_end, on_text};
  char problem[160];
  uint32_t part = find_part(z, of_file, "core-properties", "docProps/core.xml");
  if (part == ZIP_NONE)
    return;
  reading r = {.job = j};
  xml_result result = xml_read(j, z, part, &handler, &r, problem);
  if (result == XML_BROKEN)
    job_note(j, DK_LOG_INFO, "the file's properties are broken (%s)", problem);
  if (result == XML_WHOLE && r.title.len > 0) {
    xml_value title = trimmed(&r.title);
    dk_document *row = title.len ? j->call->append(j->call, DK_DOCUMENT, 1, NULL) : NULL;
    if (row)
      row->title = j->call->intern(j->call, title.bytes, title.len);
  }
  text_free(&r.title);
}
