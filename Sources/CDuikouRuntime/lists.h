/// How the arrays of a plugin's descriptors are read, and how long they may be. Private to what reads
/// plugins: dkr_describe, and dkr_adopt of CDuikouFunctions.
#ifndef DUIKOU_LISTS_H
#define DUIKOU_LISTS_H

#include "duikou_runtime.h"

enum {
  DKR_ELEMENTS_MAX = 1024, ///< row types, methods, uses
  DKR_FIELDS_MAX = 63,     ///< of a row type
  DKR_VALUES_MAX = 4096,   ///< of a field
  DKR_STRIDE_MAX = 65536   ///< bytes from one element to the next
};

/// An array of the plugin's: where it lies, and how many elements of which stride there are.
typedef struct dkr_list {
  const char *at;
  uint32_t count, stride;
} dkr_list;

/// Copies the known part of a struct that has `stride` bytes; the rest reads as zero.
void dkr_read_prefix(void *to, uint64_t size, const void *from, uint64_t stride);

/// Whether structs with this stride, or of this size, can be read at all.
int dkr_is_stride(uint64_t stride, uint64_t least);

/// Whether an array of at most `most` structs `type` can be read, whose first version had `least` bytes.
/// Where it cannot, the sentence says why; it begins with `name`, such as "its fields".
int dkr_is_list(dkr_list list, uint32_t least, uint32_t most, const char *name,
                const char *type, char sentence[DKR_MESSAGE_MAX]);

#endif
