/// Runs the readers written in C over files of all kinds, whole and broken.
///
///     c-readers LIBRARY.so…            the tests of each
///     c-readers --large LIBRARY.so…    those of files that take minutes
#include "tests.h"

#include <stdio.h>
#include <string.h>

static const struct {
  const char *library; ///< the end of its file name
  int (*test)(const reader *r);
  int (*test_large)(const reader *r); ///< may be NULL
} suites[] = {
    {"libTexts", test_texts, test_large_texts},
    {"libPdf.so", test_pdf, NULL},
    {"Office", test_office, test_large_archives},
};

int main(int argc, char **argv) {
  int failed = 0, run = 0, is_large = argc > 1 && strcmp(argv[1], "--large") == 0;
  for (int i = 1 + is_large; i < argc; i++)
    for (size_t s = 0; s < sizeof suites / sizeof *suites; s++) {
      int (*test)(const reader *) = is_large ? suites[s].test_large : suites[s].test;
      if (test && strstr(argv[i], suites[s].library)) {
        reader r = open_reader(argv[i]);
        failed += test(&r);
        close_reader(&r);
        run++;
      }
    }
  printf("%d readers, %d failed checks\n", run, failed);
  return failed != 0;
}
