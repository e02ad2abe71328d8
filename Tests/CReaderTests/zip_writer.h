/// Writes ZIP archives, right ones and others.
#ifndef DUIKOU_ZIP_WRITER_H
#define DUIKOU_ZIP_WRITER_H

#include <stddef.h>
#include <stdint.h>

/// How a part differs from one that is stored as it is.
enum {
  ZIP_DEFLATED = 1,
  ZIP_ENCRYPTED = 2,     ///< says that it is
  ZIP_DESCRIBED = 4,     ///< sizes and checksum stand behind it
  ZIP_WRONG_SUM = 8,     ///< its checksum is wrong
  ZIP_OTHER_METHOD = 16, ///< says that it is compressed by bzip2
  ZIP_LONG = 32,         ///< sizes stand in the fields of ZIP64
  ZIP_BOMB = 64          ///< it is repeated until it has 10 GB, and deflated
};

typedef struct zip_part {
  const char *name;
  const void *bytes;
  size_t len; ///< 0: `bytes` ends with a NUL
  uint32_t how;
} zip_part;

typedef struct zip_file {
  unsigned char *bytes;
  size_t len, capacity;
} zip_file;

/// Writes parts and directory. Parts without bytes are left out. Free `bytes` with `free`.
zip_file zip_write(const zip_part *parts, size_t count);

#endif
