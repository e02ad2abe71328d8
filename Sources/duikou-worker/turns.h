/// The turns that a worker and its host take: a command, its answer.
#ifndef WORKER_TURNS_H
#define WORKER_TURNS_H

#include "shared.h"

typedef struct turns {
  const shared *shared;
  uint32_t last; ///< the turn of the last command
} turns;

/// Waits for the host's next command, and returns it.
uint32_t next_command(turns *t);

/// Answers it: the host may read the pages from now on.
void answer(turns *t, uint32_t kind, dk_status status);

#endif
