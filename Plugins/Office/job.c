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

void job_note(const job *j, uint32_t severity, const char *format, ...) {
  if (!j->host || !j->host->log)
    return;
  char line[512];
  va_list arguments;
  va_start(arguments, format);
  uint32_t len = format_line(line, format, arguments);
  va_end(arguments);
  j->host->log(j->host, severity, line, len);
}

int job_goes_on(job *j) {
  if (j->status == DK_OK && dk_cancelled(j->call))
    j->status = DK_CANCELLED;
  return j->status == DK_OK;
}
