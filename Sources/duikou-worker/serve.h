/// The worker's loop: a command from the host, an answer.
#ifndef WORKER_SERVE_H
#define WORKER_SERVE_H

#include "shared.h"

/// Serves until the host says that it is enough, and returns the status to end with.
int serve(const shared *shared);

#endif
