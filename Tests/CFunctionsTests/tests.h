/// The groups of tests, each in a file of its own.
#ifndef FUNCTION_TESTS_TESTS_H
#define FUNCTION_TESTS_TESTS_H

/// What a group has checked.
typedef struct counts {
  int passed, failed;
} counts;

counts test_signatures(void);
counts test_refusals(void);
counts test_adopting(void);

/// Over the library of a shipped plugin.
counts test_daylight(const char *library);
counts test_figures(const char *library);

#endif
