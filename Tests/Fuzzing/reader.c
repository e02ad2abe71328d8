#include "reader.h"

#include "reading.h"

#include <stdlib.h>

static void log_line(const dk_host *host, uint32_t severity, const char *line,
                     uint32_t len) {
  (void)host;
  if (severity < DK_LOG_DEBUG || severity > DK_LOG_ERROR || !line || !len)
    abort();
}

int fuzz_reader(const char *method, const char *media, const uint8_t *bytes, size_t len) {
  static const dk_host host = {sizeof(dk_host), 0, DKR_VERSION, NULL, log_line};
  static reader r;
  if (!r.plugin) {
    r.plugin = duikou_plugin_v1(&host);
    if (r.plugin->create && r.plugin->create(&host, NULL, &r.self) != DK_OK)
      abort();
  }
  reading found = read_bytes(&r, method, media, "a file", bytes, len);
  reading_free(&found);
  return 0;
}
