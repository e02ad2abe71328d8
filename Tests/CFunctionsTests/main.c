/// Tests of plain C functions as methods.
///
///     function-tests DAYLIGHT FIGURES
///
/// The arguments are the libraries of the two plugins that are made of functions.
#include "tests.h"

#include <stdio.h>

int main(int count, char **arguments) {
  if (count != 3) {
    fprintf(stderr, "function-tests DAYLIGHT FIGURES\n");
    return 64;
  }
  const counts groups[] = {test_signatures(), test_refusals(), test_adopting(),
                           test_daylight(arguments[1]), test_figures(arguments[2])};
  counts all = {0, 0};
  for (unsigned i = 0; i < sizeof groups / sizeof *groups; i++) {
    all.passed += groups[i].passed;
    all.failed += groups[i].failed;
  }
  printf("%d passed, %d failed\n", all.passed, all.failed);
  return all.failed != 0;
}
