#include "builder.h"

#include <stdlib.h>
#include <string.h>

static const char pool[] = "\0北京、P3Y|";
enum { POOL_SIZE = sizeof pool - 1 };

builder builder_begin(const char *text, uint32_t len, uint64_t rows_size) {
  builder b = {.text = text, .len = len};
  b.used = sizeof(dk_image) + sizeof b.tables;
  b.block = calloc(1, b.used + rows_size);
  if (!b.block)
    abort();
  return b;
}

void *add_table(builder *b, uint32_t type, uint32_t row_size, uint32_t rows) {
  b->tables[b->count++] = (dk_table){type, row_size, b->used, rows, 0};
  void *at = b->block + b->used;
  b->used += (uint64_t)row_size * rows;
  return at;
}

dk_str string_of_pool(uint32_t index) {
  static const dk_str strings[POOL_STRINGS] = {{0, 0}, {1, 0}, {1, 6}, {7, 3}, {10, 4}};
  return strings[index];
}

dk_image *builder_end(builder *b) {
  uint64_t text_off = b->used + 16;
  dk_image header = {.magic = DK_IMAGE_MAGIC,
                     .table_stride = sizeof(dk_table),
                     .size = text_off + b->len,
                     .tables_off = sizeof(dk_image),
                     .table_count = b->count,
                     .pool_off = b->used,
                     .pool_size = POOL_SIZE,
                     .text_off = text_off,
                     .text_size = b->len};
  char *image = calloc(1, header.size);
  if (!image)
    abort();
  memcpy(image, b->block, b->used);
  memcpy(image, &header, sizeof header);
  memcpy(image + sizeof header, b->tables, sizeof b->tables);
  memcpy(image + header.pool_off, pool, POOL_SIZE);
  memcpy(image + text_off, b->text, b->len);
  free(b->block);
  return (dk_image *)(void *)image;
}
