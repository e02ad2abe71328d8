/// Reads a file that is made of the input: an archive as it stands, or the parts of one, with a NUL between them.
#include "duikou.h"
#include "reading.h"
#include "zip_writer.h"

#include <stdlib.h>
#include <string.h>

static const char *const names[] = {
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "[Content_Types].xml",
    "_rels/.rels",
};

enum { PARTS = DK_COUNT(names) };

static void read_file(const void *bytes, size_t len) {
  static const dk_host host = {.size = sizeof host, .abi_minor = DK_ABI_MINOR};
  static reader r;
  if (!r.plugin) {
    r.plugin = duikou_plugin_v1(&host);
    r.plugin->create(&host, NULL, &r.self);
  }
  reading found = read_bytes(&r, "Xlsx", "", "a", bytes, len);
  reading_free(&found);
}

static void read_parts(const char *bytes, size_t len) {
  zip_part parts[PARTS] = {{0}};
  const char *end = bytes + len;
  for (int i = 0; i < PARTS && bytes < end; i++) {
    const char *next = memchr(bytes, 0, (size_t)(end - bytes));
    size_t size = (size_t)((next ? next : end) - bytes);
    parts[i] = (zip_part){names[i], size ? bytes : NULL, size, 0};
    bytes += size + 1;
  }
  zip_file z = zip_write(parts, PARTS);
  read_file(z.bytes, z.len);
  free(z.bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len) {
  if (len >= 2 && bytes[0] == 'P' && bytes[1] == 'K')
    read_file(bytes, len);
  else
    read_parts((const char *)bytes, len);
  return 0;
}
