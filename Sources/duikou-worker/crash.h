/// Records where the worker was when it crashed, or when the host asked.
#ifndef WORKER_CRASH_H
#define WORKER_CRASH_H

#include "shared.h"

/// Installs the handlers; records go to the worker's page. Call before the plugin is loaded.
void watch_crashes(dkr_worker_page *page);

/// Notes which libraries lie where, so that a handler need not ask anybody. `plugin` is the address
/// of something in the plugin's library. Call after the plugin is loaded.
void note_modules(const void *plugin);

/// Gives the calling thread a stack for the handlers, so that they run when its own is used up.
void add_signal_stack(void);
void remove_signal_stack(void);

#endif
