#define _GNU_SOURCE
#include "apart.h"
#include "duikou_runtime.h"

#include <sched.h>

/// A move costs as much as ten turns on one core, and much more where the other core is busy: so
/// first after a few dozen turns, then each time four times as late, unless the one before has lasted for
/// long enough to have paid.
enum { FIRST_PATIENCE = 32, LAST_PATIENCE = 1 << 12, LONG_APART = 64 };

/// Turns further apart than this begin anew: behind a pause the system places both as it likes, and
/// nothing lasts.
static const int64_t pause_ns = 100000;

/// The cores that the calling thread could use before it moved, and may not all use yet.
static _Thread_local cpu_set_t all;
static _Thread_local int is_kept_from_some;

/// Lets the thread use all cores again. Where the system refuses, it is asked again at the next turn.
static void give_back(void) {
  is_kept_from_some = sched_setaffinity(0, sizeof all, &all) != 0;
}

/// The system moves a thread at once from a core that it may not use any more. Then it may again.
static int move_from(uint32_t cpu) {
  if (is_kept_from_some || sched_getaffinity(0, sizeof all, &all) != 0)
    return 0;
  cpu_set_t others = all;
  CPU_CLR(cpu, &others);
  if (CPU_COUNT(&others) == 0 || sched_setaffinity(0, sizeof others, &others) != 0)
    return 0;
  give_back();
  return 1;
}

int dkr_note_together(dkr_apart *a, uint32_t cpu) {
  if (is_kept_from_some)
    give_back();
  int64_t now = dkr_now_ns();
  if (now - a->last_ns > pause_ns)
    a->together = 0;
  a->last_ns = now;
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
  if (is_kept_from_some)
    give_back();
  a->together = 0;
  if (a->apart < LONG_APART)
    a->apart++;
  else
    a->patience = FIRST_PATIENCE;
}
