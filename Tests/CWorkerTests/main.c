/// Tests of the worker, over the functions that the host uses.
///
///     worker-tests WORKER FOLDER
///
/// WORKER is the program, FOLDER holds the libraries made from Plugins/. Run as root, workers get a
/// user of their own; run as anybody else, a user namespace.
#include "session.h"
#include "tests.h"

#include <stdio.h>
#include <unistd.h>

int main(int count, char **arguments) {
  static counts (*const groups[])(void) = {test_channel, test_describing,  test_starting,
                                           test_serving, test_configuring, test_crashing,
                                           test_hostile, test_functions,   test_reading};
  if (count != 3) {
    fprintf(stderr, "worker-tests WORKER FOLDER\n");
    return 64;
  }
  // One that other tests' workers on this machine have not.
  char uid[32];
  snprintf(uid, sizeof uid, "--uid=%u", 0x30000000u + (unsigned)getpid());
  tests = (setting){.worker = arguments[1],
                    .plugins = arguments[2],
                    .uid = geteuid() == 0 ? uid : NULL};
  counts all = {0, 0};
  for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
    counts group = groups[i]();
    all.passed += group.passed;
    all.failed += group.failed;
  }
  printf("%d passed, %d failed\n", all.passed, all.failed);
  return all.failed != 0;
}
