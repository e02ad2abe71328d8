#include "delimiter.h"

#include <string.h>

enum { RECORDS = 64, CHARACTERS = 1 << 16 };

static const uint32_t candidates[] = {',', '\t', ';', 0xff0c};
enum { CANDIDATES = sizeof candidates / sizeof *candidates };

/// How often each candidate stands in each record.
typedef struct sample {
  uint32_t of[RECORDS][CANDIDATES];
  uint32_t records;
} sample;

static void count(source s, sample *found) {
  uint32_t *of = found->of[0], is_quoted = 0, is_empty = 1;
  for (uint32_t n = 0; n < CHARACTERS; n++) {
    uint32_t scalar = source_next(&s);
    if (scalar == '"')
      is_quoted = !is_quoted;
    if (scalar == SOURCE_END || (scalar == '\n' && !is_quoted)) {
      found->records += !is_empty;
      if (scalar == SOURCE_END || found->records == RECORDS)
        return;
      of = found->of[found->records];
      is_empty = 1;
      continue;
    }
    is_empty = 0;
    for (uint32_t i = 0; i < CANDIDATES && !is_quoted; i++)
      of[i] += scalar == candidates[i];
  }
  // A record of which only the beginning was looked at counts where there is no other.
  found->records += found->records == 0;
}

/// How many records have the most usual number of a candidate, which is not 0.
static uint32_t agreeing(const sample *found, uint32_t candidate) {
  uint32_t best = 0;
  for (uint32_t i = 0; i < found->records; i++) {
    uint32_t same = 0;
    for (uint32_t k = 0; k < found->records; k++)
      same += found->of[k][candidate] == found->of[i][candidate];
    if (found->of[i][candidate] && same > best)
      best = same;
  }
  return best;
}

static int take_stated(source *s, uint32_t *delimiter) {
  source ahead = *s;
  for (const char *word = "sep="; *word; word++)
    if (source_next(&ahead) != (uint32_t)*word)
      return 0;
  *delimiter = source_next(&ahead);
  if (*delimiter == '\n' || *delimiter == SOURCE_END || *delimiter == '"' ||
      source_next(&ahead) != '\n')
    return 0;
  *s = ahead;
  return 1;
}

uint32_t find_delimiter(source *s, int prefers_tabs) {
  uint32_t delimiter;
  if (take_stated(s, &delimiter))
    return delimiter;
  sample found;
  memset(&found, 0, sizeof found);
  count(*s, &found);
  if (prefers_tabs && agreeing(&found, 1))
    return '\t';
  uint32_t best = 0, most = 0;
  for (uint32_t i = 0; i < CANDIDATES; i++) {
    uint32_t same = agreeing(&found, i);
    // Full-width commas are in running text too.
    if (same > most && (i != CANDIDATES - 1 || same * 5 >= found.records * 4)) {
      best = i;
      most = same;
    }
  }
  return most || !prefers_tabs ? candidates[best] : '\t';
}
