#define _GNU_SOURCE
#include "region.h"

#include <string.h>
#include <sys/mman.h>

/// Above this many dirty bytes it is cheaper to give the pages back than to clear them.
static const uint64_t keep_size = 4u << 20;
static const uint64_t page_size = 4096;

static uint64_t aligned(uint64_t at, uint64_t align) {
  return (at + align - 1) & ~(align - 1);
}

uint64_t dkr_region_left(const dkr_region *region, uint64_t align) {
  uint64_t at = aligned(region->used, align);
  return at < region->size ? region->size - at : 0;
}

uint8_t *dkr_region_take(dkr_region *region, uint64_t size, uint64_t align) {
  if (size > dkr_region_left(region, align))
    return NULL;
  uint64_t at = aligned(region->used, align);
  region->used = at + size;
  if (region->dirty < region->used)
    region->dirty = region->used;
  return region->base + at;
}

uint8_t *dkr_region_take_zeroed(dkr_region *region, uint64_t size, uint64_t align) {
  uint64_t dirty = region->dirty;
  uint8_t *taken = dkr_region_take(region, size, align);
  if (!taken)
    return NULL;
  uint64_t at = (uint64_t)(taken - region->base);
  if (at < dirty)
    memset(taken, 0, dirty - at < size ? dirty - at : size);
  return taken;
}

void dkr_region_reset(dkr_region *region) {
  region->used = 0;
  if (region->dirty <= keep_size)
    return;
  uint64_t end = (region->dirty + page_size - 1) & ~(page_size - 1);
  if (end > region->size)
    end = region->size;
  // Pages of shared memory keep what they hold until they are taken out of the file.
  int advice = region->is_shared ? MADV_REMOVE : MADV_DONTNEED;
  if (madvise(region->base + keep_size, end - keep_size, advice) == 0)
    region->dirty = keep_size;
}
