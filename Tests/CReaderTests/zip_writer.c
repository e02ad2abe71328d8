#include "zip_writer.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

static void put(zip_file *z, const void *bytes, size_t len) {
  if (z->len + len > z->capacity) {
    z->capacity = (z->len + len) * 2 + 256;
    z->bytes = realloc(z->bytes, z->capacity);
    if (!z->bytes)
      abort();
  }
  if (len)
    memcpy(z->bytes + z->len, bytes, len);
  z->len += len;
}

static void number(zip_file *z, uint64_t value, int bytes) {
  for (; bytes > 0; bytes--, value >>= 8)
    put(z, &(unsigned char){(unsigned char)value}, 1);
}

/// A part as it lies in the archive.
typedef struct packed {
  unsigned char *bytes;
  size_t len, unpacked;
  uint32_t sum, offset, flags, method;
} packed;

enum { BOMB_SIZE_MB = 10000, BOMB_BLOCK = 1 << 20 };

/// Deflates a part that is repeated, block by block.
static packed pack_bomb(const zip_part *part) {
  static unsigned char block[BOMB_BLOCK];
  size_t len = part->len ? part->len : strlen(part->bytes), bound = 64 << 20;
  packed p = {.bytes = malloc(bound), .method = 8};
  z_stream stream = {.next_out = p.bytes, .avail_out = (uInt)bound};
  if (!p.bytes)
    abort();
  for (size_t i = 0; i < sizeof block; i++)
    block[i] = ((const unsigned char *)part->bytes)[i % len];
  deflateInit2(&stream, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
  for (int i = 1; i <= BOMB_SIZE_MB; i++) {
    stream.next_in = block;
    stream.avail_in = sizeof block;
    deflate(&stream, i == BOMB_SIZE_MB ? Z_FINISH : Z_NO_FLUSH);
    p.sum = (uint32_t)crc32(p.sum, block, sizeof block);
  }
  p.len = stream.total_out;
  p.unpacked = stream.total_in;
  deflateEnd(&stream);
  return p;
}

static packed pack(const zip_part *part) {
  if (part->how & ZIP_BOMB)
    return pack_bomb(part);
  size_t len = part->len ? part->len : strlen(part->bytes);
  packed p = {.len = len, .unpacked = len};
  p.sum = (uint32_t)crc32(0, part->bytes, (uInt)len);
  if (part->how & ZIP_WRONG_SUM)
    p.sum ^= 1;
  p.flags = (part->how & ZIP_ENCRYPTED ? 1u : 0) | (part->how & ZIP_DESCRIBED ? 8u : 0);
  p.method = part->how & ZIP_OTHER_METHOD ? 12 : part->how & ZIP_DEFLATED ? 8 : 0;
  z_stream stream = {0};
  size_t bound = compressBound((uLong)len) + 64;
  p.bytes = malloc(bound);
  if (!p.bytes)
    abort();
  if (!(part->how & ZIP_DEFLATED)) {
    memcpy(p.bytes, part->bytes, len);
    return p;
  }
  deflateInit2(&stream, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
  stream.next_in = (unsigned char *)(uintptr_t)part->bytes;
  stream.avail_in = (uInt)len;
  stream.next_out = p.bytes;
  stream.avail_out = (uInt)bound;
  deflate(&stream, Z_FINISH);
  p.len = stream.total_out;
  deflateEnd(&stream);
  return p;
}

/// What a part's header and its entry in the directory have in common.
static void header(zip_file *z, const zip_part *part, const packed *p, int is_local) {
  int is_behind = is_local && part->how & ZIP_DESCRIBED;
  int is_long = part->how & ZIP_LONG ? 1 : 0;
  number(z, is_long ? 45 : 20, 2);
  number(z, p->flags, 2);
  number(z, p->method, 2);
  number(z, 0x4ae40000, 4);
  number(z, is_behind ? 0 : p->sum, 4);
  number(z, is_behind ? 0 : is_long ? UINT32_MAX : p->len, 4);
  number(z, is_behind ? 0 : is_long ? UINT32_MAX : p->unpacked, 4);
  number(z, strlen(part->name), 2);
  number(z, is_long ? 20 : 0, 2);
}

static void long_sizes(zip_file *z, const zip_part *part, const packed *p) {
  if (!(part->how & ZIP_LONG))
    return;
  number(z, 1, 2);
  number(z, 16, 2);
  number(z, p->unpacked, 8);
  number(z, p->len, 8);
}

static void local(zip_file *z, const zip_part *part, packed *p) {
  p->offset = (uint32_t)z->len;
  number(z, 0x04034b50, 4);
  header(z, part, p, 1);
  put(z, part->name, strlen(part->name));
  long_sizes(z, part, p);
  put(z, p->bytes, p->len);
  if (!(part->how & ZIP_DESCRIBED))
    return;
  number(z, 0x08074b50, 4);
  number(z, p->sum, 4);
  number(z, p->len, 4);
  number(z, p->unpacked, 4);
}

static void entry(zip_file *z, const zip_part *part, const packed *p) {
  number(z, 0x02014b50, 4);
  number(z, 20, 2);
  header(z, part, p, 0);
  number(z, 0, 10);
  number(z, p->offset, 4);
  put(z, part->name, strlen(part->name));
  long_sizes(z, part, p);
}

zip_file zip_write(const zip_part *parts, size_t count) {
  zip_file z = {0};
  size_t written = 0;
  packed *all = calloc(count + 1, sizeof *all);
  if (!all)
    abort();
  for (size_t i = 0; i < count; i++)
    if (parts[i].bytes) {
      all[i] = pack(&parts[i]);
      local(&z, &parts[i], &all[i]);
      written++;
    }
  size_t start = z.len;
  for (size_t i = 0; i < count; i++)
    if (parts[i].bytes) {
      entry(&z, &parts[i], &all[i]);
      free(all[i].bytes);
    }
  size_t end = z.len;
  number(&z, 0x06054b50, 4);
  number(&z, 0, 4);
  number(&z, written, 2);
  number(&z, written, 2);
  number(&z, end - start, 4);
  number(&z, start, 4);
  number(&z, 0, 2);
  free(all);
  return z;
}
