// The matcher of DuikouText in C: the same image, the same passes, the same rows.
#ifndef SCAN_H
#define SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
  uint32_t word;
  uint32_t check;
} lexicon_node;

typedef struct {
  uint32_t singles;
  uint32_t index_entries;
  const uint32_t *index;
  const uint32_t *pages;
  const uint64_t *filter;
  uint64_t filter_shift;
  uint32_t starts;
  const lexicon_node *nodes;
  const uint32_t *values;
} lexicon;

typedef struct {
  int64_t start;
  int64_t end;
  uint32_t value;
} lexicon_match;

typedef void (*lexicon_found)(void *context, const lexicon_match *matches, size_t count);

// The tables of an image that is known to be good.
lexicon lexicon_open(const uint8_t *image);

// Calls `found` with all surfaces that are found, or with the leftmost longest, in order.
void lexicon_scan(const lexicon *lexicon, const uint8_t *text, size_t size, bool longest,
                  lexicon_found found, void *context);

#endif
