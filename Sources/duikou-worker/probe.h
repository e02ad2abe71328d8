/// What `duikou doctor` shows: how far each protection holds on this machine.
#ifndef WORKER_PROBE_H
#define WORKER_PROBE_H

#include "sandbox.h"

/// Puts a process into the sandbox and prints one line per protection to stdout: its name, "yes",
/// "partial" or "no", and what was found, with tabs between. Returns the status to end with.
int probe(const sandbox_options *options);

#endif
