#include "job.h"

#include <stdarg.h>
#include <stdio.h>

/// Formats a line; returns its length, which ends on a character's boundary.
static uint32_t format_line(char line[512], const char *format, va_list arguments) {
  int len = vsnprintf(line, 512, format, arguments);
  if (len < 512)
    return len < 0 ? 0 : (uint32_t)len;
  uint32_t end = 511;
  while (end > 0 && ((unsigned char)line[end - 1] & 0xc0) == 0x80)
    end--;
  return end > 0 && (unsigned char)line[end - 1] >= 0xc0 ? end - 1 : end;
}

int job_fail(job *j, dk_status code, const char *format, ...) {
  if (j->status != DK_OK)
    return 0;
  char line[512];
  va_list arguments;
  va_start(arguments, format);
  uint32_t len = format_line(line, format, arguments);
  va_end(arguments);
  j->status = j->call->fail(j->call, code, line, len);
  return 0;
}

int job_fail_memory(job *j) {
  return job_fail(j, DK_RESOURCE_EXHAUSTED,
                  "the file needs more memory than a reader may have: split it");
}

/// The file's name, as the host has it; "the file" where it has none.
static const char *file_name(const dk_call *call, int *len) {
  const dk_table *documents = dk_find(call->image, DK_DOCUMENT);
  const dk_document *row =
      documents && documents->row_count ? dk_row_at(call->image, documents, 0) : NULL;
  const char *name = row ? dk_string(call->image, row->uri) : NULL;
  if (!name || !row->uri.len)
    return *len = 8, "the file";
  *len = row->uri.len < 200 ? (int)row->uri.len : 200;
  while (*len > 0 && (uint32_t)*len < row->uri.len &&
         ((unsigned char)name[*len] & 0xc0) == 0x80)
    --*len;
  return name;
}

void job_note(const job *j, uint32_t severity, const char *format, ...) {
  if (!j->host || !j->host->log)
    return;
  char sentence[512], line[800];
  va_list arguments;
  va_start(arguments, format);
  uint32_t sentence_len = format_line(sentence, format, arguments);
  va_end(arguments);
  int name_len;
  const char *name = file_name(j->call, &name_len);
  int len = snprintf(line, sizeof line, "%.*s: %.*s", name_len, name, (int)sentence_len,
                     sentence);
  j->host->log(j->host, severity, line, (uint32_t)len);
}

int job_goes_on(job *j) {
  if (j->status == DK_OK && dk_cancelled(j->call))
    j->status = DK_CANCELLED;
  return j->status == DK_OK;
}
