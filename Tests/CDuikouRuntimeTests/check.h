/// The few words these tests need: a case has a sentence, a check has a line.
#ifndef DUIKOU_CHECK_H
#define DUIKOU_CHECK_H

#include <stdio.h>
#include <string.h>

static int passed, failed;
static const char *current_case = "";

#define CASE(sentence) current_case = sentence
#define CHECK(condition)                                                                 \
  do {                                                                                   \
    if (condition) {                                                                     \
      passed++;                                                                          \
    } else {                                                                             \
      failed++;                                                                          \
      fprintf(stderr, "%s:%d: %s: %s\n", __FILE__, __LINE__, current_case, #condition);  \
    }                                                                                    \
  } while (0)

#endif
