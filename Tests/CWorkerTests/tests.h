/// The groups of tests, each in a file of its own.
#ifndef WORKER_TESTS_TESTS_H
#define WORKER_TESTS_TESTS_H

/// What a group has checked.
typedef struct counts {
  int passed, failed;
} counts;

counts test_channel(void);
counts test_describing(void);
counts test_starting(void);
counts test_serving(void);
counts test_configuring(void);
counts test_crashing(void);
counts test_hostile(void);
counts test_functions(void);
counts test_reading(void);

#endif
