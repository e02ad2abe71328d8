/// Images under construction.
#ifndef C_PLUGIN_TESTS_BUILDER_H
#define C_PLUGIN_TESTS_BUILDER_H

#include "duikou.h"

typedef struct builder {
  char *block;
  uint64_t used;
  dk_table tables[64];
  uint32_t count;
  const char *text;
  uint32_t len;
} builder;

/// Begins an image of a text, with room for `rows_size` bytes of rows.
builder builder_begin(const char *text, uint32_t len, uint64_t rows_size);

/// Adds a table of zeroed rows; returns the first.
void *add_table(builder *b, uint32_t type, uint32_t row_size, uint32_t rows);

/// A string of the pool that every image has: absent, empty, or some characters.
dk_str string_of_pool(uint32_t index);
enum { POOL_STRINGS = 5 };

/// Ends the image. Its memory has exactly its size, so that a read behind its end shows; free it with
/// `free`.
dk_image *builder_end(builder *b);

#endif
