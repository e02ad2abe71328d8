/// Text that grows.
#ifndef OFFICE_TEXT_H
#define OFFICE_TEXT_H

#include <stdint.h>

typedef struct text {
  char *bytes;
  uint32_t len, capacity;
} text;

/// Appends bytes. Returns 0 when there is no memory, or more than 1 GiB.
int text_add(text *t, const char *bytes, uint32_t len);

/// Appends bytes of a cell: line breaks, tabs and other control characters become spaces.
int text_add_flat(text *t, const char *bytes, uint32_t len);

/// Appends a character; nothing for what is none in UTF-8.
int text_add_scalar(text *t, uint32_t scalar);

/// The longest part of some UTF-8 that has at most `limit` bytes and cuts no character.
uint32_t text_fitting(const char *bytes, uint32_t len, uint32_t limit);

void text_free(text *t);

#endif
