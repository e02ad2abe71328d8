/// Which library an address belongs to, for handlers of a process that cannot be trusted any more:
/// nothing here allocates, locks or calls the loader.
#ifndef WORKER_MODULES_H
#define WORKER_MODULES_H

#include "duikou_worker.h"

/// Opens what tells about addresses until `note_modules`. Call while /proc can be opened.
void open_modules(void);

/// Notes which libraries lie where, once the plugin is loaded. `plugin` is the address of something
/// in its library.
void note_modules(const void *plugin);

/// Fills in `offset`, `module` and `is_plugin` from `pc`, as far as that is known.
void find_module(dkr_crash *crash);

#endif
