/// Functions that plugins and their libraries find in the worker instead of in the C library. The
/// program exports them; see Package.swift.
#ifndef WORKER_INTERPOSE_H
#define WORKER_INTERPOSE_H

/// Finds the C library's own. Call before there is a second thread.
void find_real_functions(void);

#endif
