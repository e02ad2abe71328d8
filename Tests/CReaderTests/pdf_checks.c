#include "pdf_checks.h"
#include "tests.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

reading read_pdf(const reader *r, bytes *file) {
  reading found = read_bytes(r, "Pdf", "application/pdf", "纪要.pdf",
                             file->at ? file->at : "", file->len);
  free(file->at);
  *file = (bytes){NULL, 0, 0};
  return found;
}

int differs(const char *sentence, const char *expected, const char *found) {
  if (strcmp(expected, found) == 0)
    return 0;
  fprintf(stderr, "Pdf: %s:\n  expected %s\n  found    %s\n", sentence, expected, found);
  return 1;
}

char *written(const reading *found) {
  bytes all = {NULL, 0, 0};
  for (uint32_t i = 0; i < found->count; i++) {
    const read_piece *piece = &found->pieces[i];
    put_text(&all, "%s%c%u|", i ? " " : "", "?THCKF"[piece->kind < 6 ? piece->kind : 0],
             piece -> page);
    for (uint32_t at = piece->start; at < piece->end; at++) {
      const char *shown = found->text[at] == '\n'   ? "⏎"
                          : found->text[at] == '\t' ? "⇥"
                                                    : NULL;
      put(&all, shown ? shown : found->text + at, shown ? strlen(shown) : 1);
    }
  }
  put(&all, "", 1);
  return all.at;
}

int ends_otherwise(const char *sentence, const reading *found, dk_status status,
                   const char *words) {
  if (found->status == status && strstr(found->message, words))
    return 0;
  fprintf(stderr, "Pdf: %s: ended with %d \"%s\", not with %d and \"%s\"\n", sentence,
          found->status, found->message, status, words);
  return 1;
}

int test_pdf(const reader *r) {
  return test_pdf_lines(r) + test_pdf_pages(r) + test_pdf_titles(r) +
         test_pdf_refusals(r);
}
