/// A reader that is shipped: what it needs of the C library is there in the sandbox.
#include "check.h"
#include "session.h"
#include "tests.h"

#include <stdlib.h>

/// An image with a file as the only row of `duikou.content`.
static dk_image *file_image(const char *bytes, uint32_t len) {
  uint64_t row = sizeof(dk_image) + sizeof(dk_table), pool = row + sizeof(dk_content);
  uint64_t size = (pool + 1 + len + 7) / 8 * 8;
  char *block = calloc(1, size);
  if (!block)
    return NULL;
  dk_image image = {.magic = DK_IMAGE_MAGIC,
                    .table_stride = sizeof(dk_table),
                    .size = size,
                    .tables_off = sizeof(dk_image),
                    .table_count = 1,
                    .pool_off = pool,
                    .pool_size = len + 1,
                    .text_off = size};
  dk_table table = {DK_CONTENT, sizeof(dk_content), row, 1, 0};
  dk_content content = {.bytes = {1, len}};
  memcpy(block, &image, sizeof image);
  memcpy(block + image.tables_off, &table, sizeof table);
  memcpy(block + row, &content, sizeof content);
  memcpy(block + pool + 1, bytes, len);
  return (dk_image *)(void *)block;
}

counts test_reading(void) {
  static const struct {
    const char *sentence;
    uint32_t method;
    const char *file, *text;
  } files[] = {
      {"GB18030 is read", 0, "\xce\xd2\xc3\xc7\xb5\xc4", "我们的"},
      {"Big5 is read", 0, "\xa7\xda\xad\xcc\xaa\xba\xb0\xea\xae\x61", "我們的國家"},
      {"a page is read", 2, "<meta charset=gbk><p>\xce\xd2\xc3\xc7&#x7684;", "我们的\n"},
  };
  session *s = start_ready("texts", (start_options){NULL, NULL});
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    CASE(files[i].sentence);
    dk_image *image = file_image(files[i].file, (uint32_t)strlen(files[i].file));
    CHECK(image && call_over(s, files[i].method, image) == DK_OK);
    const dkr_output *output = output_of(s);
    CHECK(output->pool_size == strlen(files[i].text) &&
          memcmp((const char *)output + output->pool_off, files[i].text,
                 output->pool_size) == 0);
    free(image);
  }
  finish(s);
  return (counts){passed, failed};
}
