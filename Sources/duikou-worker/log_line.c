#include "log_line.h"

#include <unistd.h>

enum { LOG_LINE_MAX = 4000, MARK = 0x1e };

/// The length of a line that is cut where a character begins.
static uint32_t cut(const char *line, uint32_t len) {
  if (len <= LOG_LINE_MAX)
    return len;
  len = LOG_LINE_MAX;
  while (len > LOG_LINE_MAX - 4 && ((uint8_t)line[len] & 0xc0) == 0x80)
    len--;
  return len;
}

/// One write for a line, shorter than what a pipe takes at once: lines of threads do not mix. Nothing in
/// it ends it or begins another.
void log_line(const dk_host *host, uint32_t severity, const char *line, uint32_t len) {
  (void)host;
  char text[LOG_LINE_MAX + 3];
  len = cut(line, len);
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
