// hyperscan TERMS TEXT: goes through the text once for each line that is read. The terms are literals; rows
// with start, end and number of the term are written, as the others do.
#include "peer.h"

#include <hs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROW_COUNT = 256 };

typedef struct {
  int64_t start;
  int64_t end;
  uint32_t value;
} row;

typedef struct {
  const size_t *widths;
  size_t count;
  uint64_t sum;
  size_t used;
  row rows[ROW_COUNT];
} total;

static void flush(total *total) {
  uint64_t sum = 0;
  for (size_t row = 0; row < total->used; row++)
    sum += (uint64_t)(total->rows[row].end - total->rows[row].start) +
           total->rows[row].value;
  total->count += total->used;
  total->sum += sum;
  total->used = 0;
}

static int found(unsigned int id, unsigned long long from, unsigned long long to,
                 unsigned int flags, void *context) {
  (void)from, (void)flags;
  total *total = context;
  total->rows[total->used++] = (row){(int64_t)(to - total->widths[id]), (int64_t)to, id};
  if (total->used == ROW_COUNT)
    flush(total);
  return 0;
}

static hs_database_t *compile(const peer_file *terms, size_t *widths, size_t count) {
  const char **literals = calloc(count, sizeof *literals);
  unsigned *flags = calloc(count, sizeof *flags), *ids = calloc(count, sizeof *ids);
  if (!literals || !flags || !ids)
    return NULL;
  const char *at = (const char *)terms->bytes;
  for (unsigned term = 0; term < count; term++) {
    literals[term] = at;
    widths[term] = strcspn(at, "\n");
    at += widths[term] + 1;
    ids[term] = term;
  }
  hs_database_t *database = NULL;
  hs_compile_error_t *error = NULL;
  if (hs_compile_lit_multi(literals, flags, ids, widths, (unsigned)count, HS_MODE_BLOCK,
                           NULL, &database, &error) != HS_SUCCESS)
    fprintf(stderr, "hyperscan: %s\n", error->message);
  free(literals);
  free(flags);
  free(ids);
  return database;
}

int main(int count, char **arguments) {
  if (count < 3)
    return 2;
  peer_file terms = peer_read(arguments[1]), text = peer_read(arguments[2]);
  size_t term_count = 1;
  for (size_t at = 0; at < terms.size; at++)
    term_count += terms.bytes[at] == '\n';
  size_t *widths = calloc(term_count, sizeof *widths);
  hs_database_t *database = widths ? compile(&terms, widths, term_count) : NULL;
  hs_scratch_t *scratch = NULL;
  if (!database || hs_alloc_scratch(database, &scratch) != HS_SUCCESS)
    return 1;
  while (getchar() != EOF) {
    for (int c = 0; c != '\n' && c != EOF;)
      c = getchar();
    total total = {.widths = widths};
    double start = peer_clock();
    hs_error_t error = hs_scan(database, (const char *)text.bytes, (unsigned)text.size, 0,
                               scratch, found, &total);
    flush(&total);
    if (error != HS_SUCCESS)
      return 1;
    printf("{\"seconds\":%.9f,\"bytes\":%zu,\"matches\":%zu,\"sum\":%llu}\n",
           peer_clock() - start, text.size, total.count, (unsigned long long)total.sum);
    fflush(stdout);
  }
}
