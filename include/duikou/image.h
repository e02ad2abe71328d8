/// The image: documents and their records in one position-independent block.
///
///     dk_image | dk_table × table_count | rows of each table | string pool | text section
///
/// Sections stand in any order behind the header, 8-byte aligned, and do not overlap. A table
/// holds the rows of one type, in the order of their indices. The pool's first byte is
/// not used, so that offset 0 can mean "absent". The text section is the documents' text,
/// one after another; `duikou.document` rows say where each begins and ends.
///
/// What a method appends continues the image it was given: rows take the next indices of their
/// table, strings the next offsets of the pool. So a new row may point at old rows and reuse
/// old strings as they are.
#ifndef DUIKOU_IMAGE_H
#define DUIKOU_IMAGE_H

#include "base.h"

#define DK_IMAGE_MAGIC 0x31494b44u ///< "DKI1"

typedef struct dk_image {
  uint32_t magic;
  uint32_t table_stride; ///< bytes from one dk_table to the next
  uint64_t size; ///< of the whole image
  uint64_t tables_off; ///< of the table directory
  uint32_t table_count;
  uint32_t reserved;
  uint64_t pool_off, pool_size;
  uint64_t text_off, text_size;
} dk_image;

/// One table. In an image that a plugin is given, `row_size` is at least what the plugin
/// declared for that type, and bytes that the rows' author did not know are zero.
typedef struct dk_table {
  uint32_t type; ///< id of the row type
  uint32_t row_size; ///< bytes from one row to the next, a multiple of 8
  uint64_t rows_off;
  uint32_t row_count;
  uint32_t reserved;
} dk_table;

DK_ASSERT(sizeof(dk_image) == 64 && offsetof(dk_image, tables_off) == 16 &&
              offsetof(dk_image, pool_off) == 32 && offsetof(dk_image, text_off) == 48,
          "image header");
DK_ASSERT(sizeof(dk_table) == 24 && offsetof(dk_table, rows_off) == 8, "table");

/// The table of a type, or NULL where the image has none. [any]
static inline const dk_table *dk_find(const dk_image *image, uint32_t type) {
  const char *at = (const char *)image + image->tables_off;
  for (uint32_t i = 0; i < image->table_count; i++, at += image->table_stride) {
    const dk_table *table = (const dk_table *)(const void *)at;
    if (table->type == type)
      return table;
  }
  return NULL;
}

/// Row `index` of a table of this image; `index` must be below its `row_count`. [any]
static inline const void *dk_row_at(const dk_image *image, const dk_table *table,
                                    uint32_t index) {
  return (const char *)image + table->rows_off + (uint64_t)index * table->row_size;
}

/// How many rows of a type the image has. [any]
static inline uint32_t dk_count(const dk_image *image, uint32_t type) {
  const dk_table *table = dk_find(image, type);
  return table ? table->row_count : 0;
}

/// The row that a reference names, or NULL where it is absent. [any]
static inline const void *dk_deref(const dk_image *image, dk_ref ref) {
  const dk_table *table = ref.row ? dk_find(image, ref.type) : NULL;
  return table && ref.row <= table->row_count ? dk_row_at(image, table, ref.row - 1)
                                              : NULL;
}

/// The bytes of a string of this image; NULL when it is absent. [any]
static inline const char *dk_string(const dk_image *image, dk_str string) {
  return string.off ? (const char *)image + image->pool_off + string.off : NULL;
}

/// The whole text section; `image->text_size` bytes. [any]
static inline const char *dk_text(const dk_image *image) {
  return (const char *)image + image->text_off;
}

#endif
