/// The bytes of an XML part on their way to the parser: UTF-16 becomes UTF-8, and start tags with so many
/// attributes that the parser would take long to compare them are refused.
#ifndef OFFICE_FEED_H
#define OFFICE_FEED_H

#include "text.h"

enum { FEED_ATTRIBUTES_MAX = 512 };

typedef struct feed {
  int started;
  int wide;         ///< 1: UTF-16, little end first; 2: big end first
  uint32_t pending; ///< a first byte, and a high surrogate: see feed.c
  uint32_t high;
  int has_byte;
  int in_tag, in_markup, attributes;
  char quote;
  int is_bad;  ///< a lone surrogate was there
  int is_wild; ///< a tag has too many attributes
  text out;
} feed;

/// Takes a block. Gives the bytes for the parser, which are good until the next call. Returns 0 when there is
/// no memory.
int feed_take(feed *f, const char *bytes, uint32_t len, const char **out,
              uint32_t *out_len);

void feed_free(feed *f);

#endif
