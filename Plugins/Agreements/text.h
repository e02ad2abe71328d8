/// UTF-8 text of one document, as a range of bytes. Nothing here allocates.
#ifndef AGREEMENTS_TEXT_H
#define AGREEMENTS_TEXT_H

#include <stdint.h>
#include <string.h>

typedef struct text {
  const char *bytes;
  uint32_t len;
} text;

typedef struct range {
  uint32_t start, end;
} range;

static inline uint32_t range_len(range r) {
  return r.end - r.start;
}

/// A title with its 《》, which have `marks` bytes each.
static inline range with_marks(range title, uint32_t marks) {
  return (range){title.start - marks, title.end + marks};
}

/// Whether `word` stands at `at` and ends by `end`.
static inline int stands_at(text t, uint32_t at, uint32_t end, const char *word) {
  uint32_t len = (uint32_t)strlen(word);
  return at + len <= end && memcmp(t.bytes + at, word, len) == 0;
}

/// Whether `word` ends at `end` and begins no sooner than `start`.
static inline int ends_at(text t, uint32_t start, uint32_t end, const char *word) {
  uint32_t len = (uint32_t)strlen(word);
  return end >= start + len && memcmp(t.bytes + end - len, word, len) == 0;
}

/// The first of `words` (NULL-terminated) that stands at `at`; 0 or its length.
static inline uint32_t any_at(text t, uint32_t at, uint32_t end,
                              const char *const *words) {
  for (; at < end && *words; words++)
    if (t.bytes[at] == **words && stands_at(t, at, end, *words))
      return (uint32_t)strlen(*words);
  return 0;
}

/// Whether one of `words` (NULL-terminated) ends at `end` and begins no sooner than `start`.
static inline int any_ends_at(text t, uint32_t start, uint32_t end,
                              const char *const *words) {
  for (; *words; words++)
    if (ends_at(t, start, end, *words))
      return 1;
  return 0;
}

/// The last place in `r` where one of `words` stands; 0 when there is none.
static inline int find_last(text t, range r, const char *const *words, range *found) {
  for (uint32_t at = r.end; at-- > r.start;) {
    uint32_t len = any_at(t, at, r.end, words);
    if (len) {
      *found = (range){at, at + len};
      return 1;
    }
  }
  return 0;
}

/// Whether one of `words` stands in `r`.
static inline int contains(text t, range r, const char *const *words) {
  range found;
  return find_last(t, r, words, &found);
}

/// Bytes of the character at `at`.
static inline uint32_t char_len(text t, uint32_t at) {
  unsigned char byte = (unsigned char)t.bytes[at];
  return byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

/// `at`, or the start of the next character when it lies within one.
static inline uint32_t char_start(text t, uint32_t at) {
  while (at < t.len && ((unsigned char)t.bytes[at] & 0xc0) == 0x80)
    at++;
  return at;
}

#endif
