/// The sentence around a place that moves forward through a text.
#ifndef AGREEMENTS_SENTENCE_H
#define AGREEMENTS_SENTENCE_H

#include "text.h"

typedef struct sentence {
  uint32_t start; ///< behind the last 。！？ or line break
  uint32_t read;  ///< how far the text was read
} sentence;

/// Moves on to the sentence that holds `at`, which must not lie before the last one; returns its
/// start.
static inline uint32_t sentence_at(text t, sentence *s, uint32_t at) {
  static const char *const ends[] = {"。", "！", "？", "\n", NULL};
  while (s->read < at) {
    uint32_t end = any_at(t, s->read, at, ends);
    s->read += end ? end : char_len(t, s->read);
    if (end)
      s->start = s->read;
  }
  return s->start;
}

#endif
