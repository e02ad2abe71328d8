#include "parts.h"

#include "reader.h"
#include "zip_writer.h"

#include <stdlib.h>
#include <string.h>

enum { PARTS_MAX = 8 };

static void read_parts(const char *method, const char *const *names, int count,
                       const char *bytes, size_t len) {
  zip_part parts[PARTS_MAX] = {{0}};
  const char *end = bytes + len;
  for (int i = 0; i < count && bytes < end; i++) {
    const char *next = memchr(bytes, 0, (size_t)(end - bytes));
    size_t size = (size_t)((next ? next : end) - bytes);
    parts[i] = (zip_part){names[i], size ? bytes : NULL, size, 0};
    bytes += size + 1;
  }
  zip_file z = zip_write(parts, count);
  fuzz_reader(method, "", z.bytes, z.len);
  free(z.bytes);
}

int fuzz_parts(const char *method, const char *const *names, int count,
               const uint8_t *bytes, size_t len) {
  if (len >= 2 && bytes[0] == 'P' && bytes[1] == 'K')
    fuzz_reader(method, "", bytes, len);
  else
    read_parts(method, names, count < PARTS_MAX ? count : PARTS_MAX, (const char *)bytes,
               len);
  return 0;
}
