#include "entries.h"
#include "sentence.h"
#include "titles.h"

#include <stdlib.h>

/// How many titles of agreements a text has; sets `*bytes` to those of all.
static uint32_t count_titles(text t, uint32_t *bytes) {
  uint32_t count = 0, at = 0;
  title title;
  *bytes = 0;
  while (next_title(t, &at, &title)) {
    if (!title.is_agreement)
      continue;
    count++;
    *bytes += range_len(title.at);
  }
  return count;
}

/// Fills in the titles, and their keys one after another at `keys`.
static void read_titles(text t, uint32_t number, skipped *skipped, entries *result,
                        char *keys) {
  uint32_t at = 0;
  title title;
  lists lists = {.count = 0};
  sentence sentence = {0, 0};
  while (next_title(t, &at, &title)) {
    uint32_t start = sentence_at(t, &sentence, title.at.start);
    list list = list_of(t, &lists, with_marks(title.at, title.marks), start);
    if (!title.is_agreement || is_skipped(skipped, (spot){number, title.at}))
      continue;
    uint32_t len = normalise(t, title.at, keys);
    result->all[result->count++] = (entry){.at = title.at,
                                           .marks = title.marks,
                                           .is_generic = title.is_generic,
                                           .list = list,
                                           .sentence = start,
                                           .key = keys,
                                           .key_len = len};
    keys += len;
  }
}

/// Titles in 《》 with which one without them is compared.
enum { COMPARED_MAX = 64 };

static int ends_with(const entry *longer, const entry *e) {
  return (longer->marks || e->is_generic) && longer->key_len > e->key_len &&
         memcmp(longer->key + longer->key_len - e->key_len, e->key, e->key_len) == 0;
}

/// Leaves out titles without 《》 that only shorten one with them: a headline's 签署东西部协作协议 is the text's
/// 《2022年西城区—突泉县东西部协作协议》.
static void drop_short_forms(entries *e) {
  entry marked[COMPARED_MAX];
  uint32_t marked_count = 0, kept = 0;
  for (uint32_t i = 0; i < e->count && marked_count < COMPARED_MAX; i++)
    if (e->all[i].marks || !e->all[i].is_generic)
      marked[marked_count++] = e->all[i];
  for (uint32_t i = 0; i < e->count; i++) {
    uint32_t at = 0;
    while (at < marked_count && !ends_with(&marked[at], &e->all[i]))
      at++;
    if (e->all[i].marks || at == marked_count)
      e->all[kept++] = e->all[i];
  }
  e->count = kept;
}

static int by_key(const void *a, const void *b) {
  const entry *left = *(entry *const *)a, *right = *(entry *const *)b;
  uint32_t len = left->key_len < right->key_len ? left->key_len : right->key_len;
  int order = memcmp(left->key, right->key, len);
  return order ? order
               : (left->key_len > right->key_len) - (left->key_len < right->key_len);
}

/// Numbers the agreements. Sorts their keys: a table of hashes could be made slow by titles that are
/// made for it. `sorted` has room for all.
static void number_agreements(entries *e, entry **sorted) {
  for (uint32_t i = 0; i < e->count; i++)
    sorted[i] = &e->all[i];
  qsort(sorted, e->count, sizeof *sorted, by_key);
  for (uint32_t i = 0; i < e->count; i++) {
    if (i == 0 || by_key(&sorted[i - 1], &sorted[i]) != 0)
      e->agreement_count++;
    sorted[i]->agreement = e->agreement_count - 1;
  }
}

int read_entries(dk_call *call, text t, uint32_t number, skipped *skipped,
                 entries *result) {
  uint32_t bytes, count = count_titles(t, &bytes);
  *result = (entries){0};
  if (count == 0)
    return 1;
  result->all = call->scratch(call, (uint64_t)count * sizeof *result->all);
  entry **sorted = call->scratch(call, (uint64_t)count * sizeof *sorted);
  char *keys = call->scratch(call, bytes);
  if (!result->all || !sorted || !keys)
    return 0;
  read_titles(t, number, skipped, result, keys);
  drop_short_forms(result);
  number_agreements(result, sorted);
  return 1;
}
