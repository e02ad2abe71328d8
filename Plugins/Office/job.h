/// One call of a reader: what it is given, and whether it has failed.
#ifndef OFFICE_JOB_H
#define OFFICE_JOB_H

#include "duikou.h"

typedef struct job {
  dk_call *call;
  const dk_host *host;
  dk_status status; ///< of the first failure; DK_OK while there is none
} job;

/// Ends the job with a sentence that says what is wrong and what to do; the first one counts. Returns 0.
int job_fail(job *j, dk_status code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/// Ends it for lack of memory. Returns 0.
int job_fail_memory(job *j);

/// Writes a line to the host's log, behind the file's name.
void job_note(const job *j, uint32_t severity, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/// Whether to go on: nothing has failed, and somebody waits.
int job_goes_on(job *j);

#endif
