/// Calls that fail in the middle, or that nobody waits for any more.
#include "failing.h"
#include "pdf_checks.h"

#include <stdio.h>
#include <stdlib.h>

enum { PAGES = 100 };

static bytes many_pages(void) {
  pdf *file = pdf_new();
  for (int number = 1; number <= PAGES; number++) {
    bytes content = {NULL, 0, 0};
    pdf_show(&content, UNICODE, 12, 82, 700, "各旗县文化和旅游局。");
    pdf_show(&content, UNICODE, 9, 290, 40, "汇编");
    pdf_page(file, &content);
  }
  int info = pdf_object(file, "<</Title(Minutes)>>");
  char trailer[32];
  snprintf(trailer, sizeof trailer, "/Info %d 0 R", info);
  return pdf_end(file, trailer);
}

static const struct {
  const char *sentence;
  failing when;
  dk_status status;
} cases[] = {
    {"a call that goes well", {NEVER, NEVER, NEVER, NEVER, 0}, DK_OK},
    {"there is no file", {NEVER, NEVER, NEVER, NEVER, 1}, DK_INVALID_ARGUMENT},
    {"no room for the title", {0, NEVER, NEVER, NEVER, 0}, DK_RESOURCE_EXHAUSTED},
    {"no room for the title's text", {NEVER, 0, NEVER, NEVER, 0}, DK_RESOURCE_EXHAUSTED},
    {"no room for a piece", {5, NEVER, NEVER, NEVER, 0}, DK_RESOURCE_EXHAUSTED},
    {"no room for a piece's text", {NEVER, 5, NEVER, NEVER, 0}, DK_RESOURCE_EXHAUSTED},
    {"no room for the last piece", {200, NEVER, NEVER, NEVER, 0}, DK_RESOURCE_EXHAUSTED},
    {"the receiver has gone", {NEVER, NEVER, 1, NEVER, 0}, DK_CANCELLED},
    {"cancelled behind the first page", {NEVER, NEVER, NEVER, 0, 0}, DK_CANCELLED},
    {"cancelled in the middle", {NEVER, NEVER, NEVER, 50, 0}, DK_CANCELLED},
};

int test_pdf_failing(const reader *r) {
  int failed = 0;
  bytes file = many_pages();
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    failed_call became =
        call_failing(&r->plugin->methods[0], r->self, file.at, file.len, cases[i].when);
    int is_right =
        became.status == cases[i].status && !became.is_wrong &&
        (cases[i].status != DK_OK ||
         (became.flushes >= 3 && became.progresses == PAGES)) &&
        (cases[i].when.cancel == NEVER || became.progresses == cases[i].when.cancel + 1);
    if (!is_right)
      fprintf(stderr, "Pdf: %s: %d, %d pages, %d flushes%s\n", cases[i].sentence,
              became.status, became.progresses, became.flushes,
              became.is_wrong ? ", wrong rows" : "");
    failed += !is_right;
  }
  free(file.at);
  return failed;
}
