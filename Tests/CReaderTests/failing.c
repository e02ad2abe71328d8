#include "failing.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS_MAX = 1 << 16, POOL_MAX = 8 << 20, MEDIA = 1, MEDIA_LEN = 15 };

/// A file's image, and room for what is appended between two flushes.
typedef struct host {
  dk_call call;
  failing when;
  failed_call became;
  volatile uint32_t is_cancelled;
  dk_image *image;
  char *rows[ROWS_MAX]; ///< one each, so that a sanitizer sees who writes beside it
  uint32_t types[ROWS_MAX];
  uint32_t row_count;
  char *pool;
  uint32_t pool_len, base;
} host;

static host *of(dk_call *call) {
  return (host *)(void *)call;
}

static void *append(dk_call *call, uint32_t type, uint32_t count, dk_ref *first) {
  host *h = of(call);
  if (first)
    *first = (dk_ref){type, h->row_count + 1};
  if (h->became.appends++ == h->when.append || count != 1 || h->row_count == ROWS_MAX)
    return NULL;
  h->types[h->row_count] = type;
  h->rows[h->row_count] =
      calloc(1, type == DK_PIECE ? sizeof(dk_piece) : sizeof(dk_document));
  return h->rows[h->row_count++];
}

static dk_str intern(dk_call *call, const char *bytes, uint32_t len) {
  host *h = of(call);
  if (h->became.interns++ == h->when.intern || len > POOL_MAX - h->pool_len)
    return (dk_str){0, 0};
  memcpy(h->pool + h->pool_len, bytes, len);
  dk_str string = {h->base + h->pool_len, len};
  h->pool_len += len;
  return string;
}

/// Whether bytes are UTF-8, a character at a time.
static int is_utf8(const unsigned char *at, uint32_t len) {
  for (uint32_t i = 0; i < len;) {
    uint32_t width = at[i] < 0x80 ? 1 : at[i] < 0xe0 ? 2 : at[i] < 0xf0 ? 3 : 4;
    uint32_t scalar = width == 1 ? at[i] : at[i] & (0x7fu >> width);
    if ((width > 1 && at[i] < 0xc2) || at[i] > 0xf4 || width > len - i)
      return 0;
    for (uint32_t k = 1; k < width; k++) {
      if ((at[i + k] & 0xc0) != 0x80)
        return 0;
      scalar = scalar << 6 | (at[i + k] & 0x3f);
    }
    if ((width == 3 && scalar < 0x800) || (width == 4 && scalar < 0x10000) ||
        (scalar >= 0xd800 && scalar < 0xe000) || scalar > 0x10ffff)
      return 0;
    i += width;
  }
  return 1;
}

static void take(host *h) {
  for (uint32_t i = 0; i < h->row_count; i++) {
    const dk_piece *piece = (const dk_piece *)(const void *)h->rows[i];
    if (h->types[i] == DK_PIECE) {
      uint32_t off = piece->text.off - h->base;
      h->became.is_wrong |=
          piece->text.off < h->base || off > h->pool_len ||
          piece->text.len > h->pool_len - off || piece->text.len == 0 ||
          piece->text.len > 65536 || piece->kind < DK_PIECE_TEXT ||
          piece->kind > DK_PIECE_FURNITURE ||
          !is_utf8((const unsigned char *)h->pool + off, piece->text.len);
    }
    free(h->rows[i]);
  }
  h->row_count = 0;
  h->base += h->pool_len;
  h->pool_len = 0;
}

static dk_status flush(dk_call *call) {
  host *h = of(call);
  take(h);
  return h->became.flushes++ == h->when.flush ? DK_CANCELLED : DK_OK;
}

static void *scratch(dk_call *call, uint64_t size) {
  (void)call;
  (void)size;
  return NULL;
}

static dk_status fail(dk_call *call, dk_status code, const char *message, uint32_t len) {
  host *h = of(call);
  h->became.is_wrong |=
      len == 0 || len > 1024 || !is_utf8((const unsigned char *)message, len);
  return code;
}

static void progress(dk_call *call, uint64_t done, uint64_t total) {
  host *h = of(call);
  h->became.is_wrong |= done > total;
  if (h->became.progresses++ == h->when.cancel)
    h->is_cancelled = 1;
}

static dk_image *image_of(const void *bytes, size_t len, int has_no_file) {
  size_t rows = sizeof(dk_image) + sizeof(dk_table), pool = rows + sizeof(dk_content);
  size_t size = (pool + MEDIA + MEDIA_LEN + len + 7) / 8 * 8;
  char *block = calloc(1, size);
  if (!block)
    exit(2);
  dk_image image = {.magic = DK_IMAGE_MAGIC,
                    .table_stride = sizeof(dk_table),
                    .size = size,
                    .tables_off = sizeof image,
                    .table_count = 1,
                    .pool_off = pool,
                    .pool_size = size - pool,
                    .text_off = size};
  dk_table table = {DK_CONTENT, sizeof(dk_content), rows, !has_no_file, 0};
  dk_content content = {.media = {MEDIA, MEDIA_LEN},
                        .bytes = {MEDIA + MEDIA_LEN, (uint32_t)len}};
  memcpy(block, &image, sizeof image);
  memcpy(block + sizeof image, &table, sizeof table);
  memcpy(block + rows, &content, sizeof content);
  memcpy(block + pool + MEDIA, "application/pdf", MEDIA_LEN);
  if (len)
    memcpy(block + pool + MEDIA + MEDIA_LEN, bytes, len);
  return (dk_image *)(void *)block;
}

failed_call call_failing(const dk_method *method, void *self, const void *bytes,
                         size_t len, failing when) {
  // Kept, since a fuzzer calls often.
  static host kept;
  static char pool[POOL_MAX];
  host *h = &kept;
  h->became = (failed_call){0};
  h->is_cancelled = 0;
  h->pool = pool;
  h->image = image_of(bytes, len, when.has_no_file);
  h->when = when;
  h->base = (uint32_t)h->image->pool_size;
  h->call = (dk_call){.size = sizeof h->call,
                      .image = h->image,
                      .deadline_ns = INT64_MAX,
                      .cancelled = &h->is_cancelled,
                      .method = method,
                      .append = append,
                      .intern = intern,
                      .flush = flush,
                      .scratch = scratch,
                      .fail = fail,
                      .progress = progress};
  h->became.status = method->invoke(self, &h->call);
  take(h);
  failed_call became = h->became;
  free(h->image);
  return became;
}
