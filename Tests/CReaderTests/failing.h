/// Calls a reader as a host does that fails, or loses interest, at a chosen moment; and cheaply.
#ifndef DUIKOU_FAILING_H
#define DUIKOU_FAILING_H

#include "duikou_runtime.h"

#include <stddef.h>

enum { NEVER = -1 };

/// When what fails, counted from 0.
typedef struct failing {
  int append, intern, flush;
  int cancel;      ///< at which progress
  int has_no_file; ///< the image has no content
} failing;

static const failing never_failing = {NEVER, NEVER, NEVER, NEVER, 0};

/// What became of it.
typedef struct failed_call {
  dk_status status;
  int appends, interns, flushes, progresses;
  int is_wrong; ///< a piece that is none: without text or kind, too long, or not UTF-8
} failed_call;

failed_call call_failing(const dk_method *method, void *self, const void *bytes,
                         size_t len, failing when);

#endif
