#define _GNU_SOURCE
#include "salvage.h"
#include "opening.h"
#include "window.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DICTIONARY_MAX = 4096, NUMBER_MAX = 9 };

static int is_white(char c) {
  return c && strchr(" \t\r\n\f", c);
}

/// Where a number ends that has white space behind it begins, going back from `at`; `at` where there is none.
static const char *number_before(const char *start, const char *at) {
  const char *end = at;
  while (end > start && is_white(end[-1]))
    end--;
  const char *number = end;
  while (number > start && number[-1] >= '0' && number[-1] <= '9')
    number--;
  return end < at && number < end && end - number <= NUMBER_MAX ? number : at;
}

/// The number of the object whose "obj" is at `word`, and its generation; 0 where it is none.
static int object_at(const char *start, const char *word, int *generation) {
  const char *second = number_before(start, word);
  const char *first = number_before(start, second);
  if (second == word || first == second)
    return 0;
  *generation = atoi(second);
  return atoi(first);
}

/// The object that begins last before `at`; 0 where none does. "endobj" ends one.
static int object_before(const char *bytes, const char *at, int *generation) {
  const char *start = at - bytes < DICTIONARY_MAX ? bytes : at - DICTIONARY_MAX;
  const char *end = memrchr(start, 'j', (size_t)(at - start));
  for (; end; end = memrchr(start, 'j', (size_t)(end - start)))
    if (end - start > 2 && memcmp(end - 2, "obj", 3) == 0)
      return object_at(start, end - 2, generation);
  return 0;
}

/// The highest number of an object. poppler makes room for all up to the highest.
static int highest_object(const char *bytes, size_t len) {
  static const char word[] = "obj";
  int highest = 0;
  const char *end = bytes + len, *at = bytes;
  while ((at = memmem(at, (size_t)(end - at), word, sizeof word - 1)) != NULL) {
    int generation, number = object_at(bytes, at, &generation);
    highest = number > highest ? number : highest;
    at += sizeof word - 1;
  }
  return highest;
}

/// Whether what is at `at` is the type of a page, not of pages.
static int is_page(const char *at, size_t left) {
  size_t skipped = 0;
  while (skipped < left && is_white(at[skipped]))
    skipped++;
  at += skipped;
  left -= skipped;
  return left > 5 && memcmp(at, "/Page", 5) == 0 && strchr(" \t\r\n/>[<(", at[5]) &&
         at[5];
}

/// Writes references to all pages; returns how many there are.
static int list_pages(window *list, const char *bytes, size_t len) {
  static const char type[] = "/Type";
  int count = 0, last = 0;
  const char *end = bytes + len, *at = bytes;
  while (count <= PAGES_MAX &&
         (at = memmem(at, (size_t)(end - at), type, sizeof type - 1)) != NULL) {
    const char *name = at;
    at += sizeof type - 1;
    int generation, number;
    if (!is_page(at, (size_t)(end - at)) ||
        !(number = object_before(bytes, name, &generation)) || number == last)
      continue;
    char reference[32];
    int written = snprintf(reference, sizeof reference, "%d %d R ", number, generation);
    if (!window_put(list, reference, (size_t)written))
      return 0;
    last = number;
    count++;
  }
  return count;
}

char *salvage(const char *bytes, size_t len, size_t *salvaged_len) {
  window list = {0};
  char *copy = NULL;
  int count = memmem(bytes, len, "/Encrypt", 8) ? 0 : list_pages(&list, bytes, len);
  if (count > 0 && window_put(&list, "", 1))
    copy = malloc(len + list.text_len + 512);
  if (copy) {
    memcpy(copy, bytes, len);
    // Some may be packed, and not seen.
    int catalog = highest_object(bytes, len) + 1000;
    int written = sprintf(copy + len,
                          "\nendstream\nendobj\n"
                          "%d 0 obj\n<</Type/Catalog/Pages %d 0 R>>\nendobj\n"
                          "%d 0 obj\n<</Type/Pages/Count %d/Kids[%s]>>\nendobj\n"
                          "trailer\n<</Size %d/Root %d 0 R>>\n"
                          "startxref\n0\n%%%%EOF\n",
                          catalog, catalog + 1, catalog + 1, count, list.text,
                          catalog + 2, catalog);
    *salvaged_len = len + (size_t)written;
  }
  window_free(&list);
  return copy;
}
