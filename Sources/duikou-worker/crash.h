/// Records where the worker was when it crashed, or when the host asked.
#ifndef WORKER_CRASH_H
#define WORKER_CRASH_H

#include "shared.h"

/// Installs the handlers; records go to the worker's page. Call before the plugin is loaded.
void watch_crashes(dkr_worker_page *page);

/// Gives the calling thread a stack for the handlers, so that they run when its own is used up.
void add_signal_stack(void);
void remove_signal_stack(void);

#endif
