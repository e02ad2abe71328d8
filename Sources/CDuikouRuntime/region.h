/// A reserved range of memory that is handed out from its start.
#ifndef DUIKOU_REGION_H
#define DUIKOU_REGION_H

#include <stddef.h>
#include <stdint.h>

/// Bytes below `dirty` may be other than zero; those above never were written to.
typedef struct dkr_region {
  uint8_t *base;
  uint64_t size, used, dirty;
  int is_shared; ///< whether the memory is a file's, mapped by others too
} dkr_region;

/// Takes `size` bytes, aligned to `align` (a power of two). NULL when they are not there.
uint8_t *dkr_region_take(dkr_region *region, uint64_t size, uint64_t align);

/// The same, zeroed.
uint8_t *dkr_region_take_zeroed(dkr_region *region, uint64_t size, uint64_t align);

/// How many bytes can still be taken at that alignment.
uint64_t dkr_region_left(const dkr_region *region, uint64_t align);

/// Forgets all that was taken. Gives large amounts of memory back to the system.
void dkr_region_reset(dkr_region *region);

#endif
