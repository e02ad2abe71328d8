#define _GNU_SOURCE
#include "apart.h"

#include <sched.h>

/// A move costs as much as a few turns on one core, and much more where the other core is busy: so
/// first after a few dozen turns, then each time four times as late.
enum { FIRST_PATIENCE = 32, LAST_PATIENCE = 1 << 16, LONG_APART = 1000 };

/// The system moves a thread at once from a core that it may not use any more. Then it may again.
static int move_from(uint32_t cpu) {
  cpu_set_t all, others;
  if (sched_getaffinity(0, sizeof all, &all) != 0)
    return 0;
  others = all;
  CPU_CLR(cpu, &others);
  if (CPU_COUNT(&others) == 0 || sched_setaffinity(0, sizeof others, &others) != 0)
    return 0;
  sched_setaffinity(0, sizeof all, &all);
  return 1;
}

int dkr_note_together(dkr_apart *a, uint32_t cpu) {
  a->apart = 0;
  if (a->patience == 0)
    a->patience = FIRST_PATIENCE;
  if (++a->together < a->patience)
    return 0;
  a->together = 0;
  if (a->patience < LAST_PATIENCE)
    a->patience *= 4;
  return move_from(cpu);
}

void dkr_note_apart(dkr_apart *a) {
  a->together = 0;
  if (a->apart < LONG_APART)
    a->apart++;
  else
    a->patience = FIRST_PATIENCE;
}
