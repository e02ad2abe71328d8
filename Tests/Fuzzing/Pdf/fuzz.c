/// Feeds the reader of PDFs: with files as they come, and with pages whose text stands anywhere, written into
/// a file that is right. The first byte says which. What poppler does wrong is poppler's; the sandbox keeps it.
#include "../../CReaderTests/failing.h"
#include "../../CReaderTests/pdf_writer.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { RUN = 5, PAGES_MAX = 40, PAGE_BREAK = 0x80 };

/// Pages of runs: x, y, size, font and how many units of UTF-16, then these.
static bytes set_pages(const uint8_t *at, size_t left) {
  static const char *const fonts[] = {"UNICODE", "GB1", "BLIND", "LATIN"};
  pdf *file = pdf_new();
  bytes content = {NULL, 0, 0};
  while (left >= RUN && file->page_count < PAGES_MAX) {
    size_t units = at[4] % 40u;
    if (at[3] & PAGE_BREAK)
      pdf_page(file, &content);
    put_text(&content, "BT /%s %g Tf %g %g Td <", fonts[at[3] % 4u], at[2] / 8.0,
             at[0] * 2.4, at[1] * 3.4);
    at += RUN;
    left -= RUN;
    for (; units > 0 && left >= 2; units--, at += 2, left -= 2)
      put_text(&content, "%02x%02x", at[0], at[1]);
    put_text(&content, "> Tj ET\n");
  }
  pdf_page(file, &content);
  return pdf_end(file, "/Info 3 0 R");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const dk_plugin *plugin;
  static void *self;
  if (!plugin) {
    static const dk_host host = {sizeof(dk_host), 0, "fuzz", NULL, NULL};
    plugin = duikou_plugin_v1(&host);
    plugin->create(&host, NULL, &self);
  }
  bytes file = {NULL, 0, 0};
  if (size && data[0] == 'P')
    file = set_pages(data + 1, size - 1);
  else
    put(&file, data, size);
  failed_call became =
      call_failing(&plugin->methods[0], self, file.at, file.len, never_failing);
  free(file.at);
  if (became.is_wrong)
    abort();
  return 0;
}
