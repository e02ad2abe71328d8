#include "pieces.h"
#include "texts.h"

#include <stdio.h>
#include <string.h>

dk_status file_find(file *f, void *self, dk_call *call) {
  const dk_image *image = call->image;
  const dk_table *table = dk_find(image, DK_CONTENT);
  if (!table || table->row_count != 1)
    return refuse(call, DK_INVALID_ARGUMENT,
                  "a reader takes one file: give one row of duikou.content");
  const dk_content *content = dk_row_at(image, table, 0);
  const char *bytes = dk_string(image, content->bytes);
  *f = (file){.texts = self,
              .call = call,
              .bytes = (const uint8_t *)(bytes ? bytes : ""),
              .len = bytes ? content->bytes.len : 0,
              .media = dk_string(image, content->media),
              .media_len = content->media.len};
  return DK_OK;
}

dk_status file_open(const file *f, int hint, source *s) {
  const codes *c = f->texts->codes;
  detected as = detect(c, f->bytes, f->len, hint);
  if (as.is_utf32)
    return refuse(f->call, DK_UNIMPLEMENTED,
                  "the file is in UTF-32, which is not read: save it as UTF-8");
  if (!as.is_text)
    return refuse(
        f->call, DK_INVALID_ARGUMENT,
        "the file is not text in UTF-8, GB18030, Big5 or UTF-16: if it is, it is "
        "damaged; save it as UTF-8");
  *s = source_of(c, f->bytes, f->len, &as);
  return DK_OK;
}

dk_status file_state(const file *f, const char *title, int32_t published,
                     uint32_t script) {
  dk_call *call = f->call;
  if (!title && published == INT32_MIN && !script)
    return DK_OK;
  dk_document *row = call->append(call, DK_DOCUMENT, 1, NULL);
  if (!row)
    return DK_RESOURCE_EXHAUSTED;
  if (title) {
    row->title = call->intern(call, title, (uint32_t)strlen(title));
    if (!row->title.off)
      return DK_RESOURCE_EXHAUSTED;
  }
  if (published != INT32_MIN) {
    row->published = published;
    row->row.has |= DK_BIT(5);
  }
  row->script = script;
  return DK_OK;
}

void file_log(const file *f, const char *sentence) {
  const dk_host *host = f->texts->host;
  const dk_image *image = f->call->image;
  if (!host || !host->log)
    return;
  const dk_table *documents = dk_find(image, DK_DOCUMENT);
  const dk_document *row =
      documents && documents->row_count ? dk_row_at(image, documents, 0) : NULL;
  const char *name = row ? dk_string(image, row->uri) : NULL;
  char line[512];
  int name_len = !name ? 0 : row->uri.len < 200 ? (int)row->uri.len : 200;
  while (name_len && name_len == 200 && (name[name_len] & 0xc0) == 0x80)
    name_len--;
  int len = snprintf(line, sizeof line, "%.*s%s%s", name_len, name ? name : "",
                     name_len ? ": " : "", sentence);
  if (len > 0)
    host->log(host, DK_LOG_WARNING, line,
              len < (int)sizeof line ? (uint32_t)len : (uint32_t)sizeof line - 1);
}

void file_warn(const file *f, const source *s) {
  char sentence[128];
  if (s->replaced) {
    snprintf(sentence, sizeof sentence,
             "%llu places are no characters, and became U+FFFD",
             (unsigned long long)s->replaced);
    file_log(f, sentence);
  }
  if (s->is_cut)
    file_log(f, "the file ends within a character, which is left out");
}
