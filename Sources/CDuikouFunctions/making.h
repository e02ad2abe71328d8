/// An adoption under way: the memory that it takes, and the first thing that is wrong.
#ifndef DUIKOU_MAKING_H
#define DUIKOU_MAKING_H

#include "duikou_functions.h"

enum { DKR_STRIDE_MAX = 65536, DKR_VALUES_MAX = 4096 };

typedef struct dkr_chunk dkr_chunk;

typedef struct dkr_making {
  dkr_chunk *chunks; ///< all memory taken
  dk_status status;
  char *message;
  char where[512]; ///< begins a sentence, eg: "cn.example.sky/JulianDay: argument date"
} dkr_making;

/// Zeroed memory for `count` elements, aligned to 16 bytes; NULL where there is none.
void *dkr_make(dkr_making *m, uint64_t count, uint64_t size);

/// Gives all of it back.
void dkr_unmake(dkr_making *m);

/// Says what is wrong with `where`; the first sentence counts. Returns 0.
int dkr_refuse(dkr_making *m, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/// Copies the known part of a struct that has `stride` bytes; the rest reads as zero.
void dkr_read_prefix(void *to, uint64_t size, const void *from, uint64_t stride);

/// Whether an array with this stride can be read at all.
int dkr_is_stride(uint64_t stride, uint64_t least);

/// Checks an array of descriptors; `name` names its elements, `type` their struct.
int dkr_check_list(dkr_making *m, const void *at, uint32_t count, uint32_t stride,
                   uint32_t least, const char *name, const char *type);

#endif
