/// Runs the readers written in C over files of all kinds, whole and broken.
///
///     c-readers LIBRARY.so…
#include "tests.h"

#include <stdio.h>
#include <string.h>

static const struct {
  const char *library; ///< the end of its file name
  int (*test)(const reader *r);
} suites[] = {
    {"libTexts", test_texts},
    {"libPdf.so", test_pdf},
    {"Office", test_office},
    {NULL, NULL},
};

int main(int argc, char **argv) {
  int failed = 0, run = 0;
  for (int i = 1; i < argc; i++)
    for (size_t s = 0; suites[s].library; s++)
      if (strstr(argv[i], suites[s].library)) {
        reader r = open_reader(argv[i]);
        failed += suites[s].test(&r);
        close_reader(&r);
        run++;
      }
  printf("%d readers, %d failed checks\n", run, failed);
  return failed != 0;
}
