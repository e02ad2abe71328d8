/// The log lines of the plugin, on their way to the host.
#ifndef WORKER_LOG_LINE_H
#define WORKER_LOG_LINE_H

#include "duikou.h"

/// Writes a line as duikou_worker.h tells; one that is too long is cut. [any thread]
void log_line(const dk_host *host, uint32_t severity, const char *line, uint32_t len);

/// The last line of severity DK_LOG_ERROR of this thread, as far as it fits into a message; "" without one.
const char *last_error(void);

#endif
