/// The log lines of the plugin, on their way to the host.
#ifndef WORKER_LOG_LINE_H
#define WORKER_LOG_LINE_H

#include "duikou.h"

/// Writes a line as duikou_worker.h tells; one that is too long is cut. [any thread]
void log_line(const dk_host *host, uint32_t severity, const char *line, uint32_t len);

/// From now on, keeps the last line of severity DK_LOG_ERROR of this thread to itself.
void hold_errors(void);

/// The line that is kept, as far as it fits into a message; "" without one.
const char *held_error(void);

/// Writes the line that is kept, and keeps no more.
void release_errors(void);

#endif
