/// An adoption under way: the memory that it takes, and the first thing that is wrong.
#ifndef DUIKOU_MAKING_H
#define DUIKOU_MAKING_H

#include "duikou_functions.h"
#include "lists.h"

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

/// Refuses an array that dkr_is_list cannot read, with its sentence.
int dkr_check_list(dkr_making *m, dkr_list list, uint32_t least, uint32_t most,
                   const char *name, const char *type);

#endif
