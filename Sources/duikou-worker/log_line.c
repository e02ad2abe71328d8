#include "log_line.h"

#include <string.h>
#include <unistd.h>

enum { LOG_LINE_MAX = 4000, ERROR_MAX = 900, MARK = 0x1e };

static _Thread_local char error[ERROR_MAX + 1];
static _Thread_local int holds_errors;

/// The length of a line that is cut where a character begins.
static uint32_t cut(const char *line, uint32_t len, uint32_t max) {
  if (len <= max)
    return len;
  len = max;
  while (len > max - 4 && ((uint8_t)line[len] & 0xc0) == 0x80)
    len--;
  return len;
}

static void note_error(const char *line, uint32_t len) {
  len = cut(line, len, ERROR_MAX);
  for (uint32_t i = 0; i < len; i++)
    error[i] = (uint8_t)line[i] < ' ' ? ' ' : line[i];
  error[len] = 0;
}

void hold_errors(void) {
  holds_errors = 1;
}

const char *held_error(void) {
  return error;
}

void release_errors(void) {
  holds_errors = 0;
  if (*error)
    log_line(NULL, DK_LOG_ERROR, error, (uint32_t)strlen(error));
  *error = 0;
}

/// One write for a line, shorter than what a pipe takes at once: lines of threads do not mix. Nothing in
/// it ends it or begins another.
void log_line(const dk_host *host, uint32_t severity, const char *line, uint32_t len) {
  (void)host;
  char text[LOG_LINE_MAX + 3];
  if (severity == DK_LOG_ERROR && holds_errors) {
    release_errors();
    hold_errors();
    note_error(line, len);
    return;
  }
  len = cut(line, len, LOG_LINE_MAX);
  text[0] = MARK;
  text[1] =
      (char)('0' + (severity >= DK_LOG_DEBUG && severity <= DK_LOG_ERROR ? severity
                                                                         : DK_LOG_INFO));
  for (uint32_t i = 0; i < len; i++)
    text[i + 2] = line[i] == '\n' || line[i] == MARK ? ' ' : line[i];
  text[len + 2] = '\n';
  ssize_t written = write(2, text, len + 3);
  (void)written;
}
