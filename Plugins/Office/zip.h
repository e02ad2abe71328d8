/// The parts of a file, which is a ZIP archive in memory.
///
/// Nothing is unpacked that is not asked for, and never more than a block of it is kept. The archive of a
/// file that is cut off, which lacks the directory at its end, is read from its beginning as far as it goes.
#ifndef OFFICE_ZIP_H
#define OFFICE_ZIP_H

#include "job.h"

typedef struct zip zip;

/// How the reading of a part ended.
enum { ZIP_WHOLE = 0, ZIP_DAMAGED = 1 };

/// What stands for no part.
#define ZIP_NONE UINT32_MAX

/// Opens an archive over bytes that stay where they are until it is closed. NULL with the job failed when
/// they are none, are encrypted, or break a limit.
zip *zip_open(job *j, const void *bytes, uint32_t len);
void zip_close(zip *z);

/// The part of a name, without a slash in front, or ZIP_NONE. ASCII letters of either case are the same.
uint32_t zip_find(const zip *z, const char *name);

uint32_t zip_count(const zip *z);
const char *zip_name(const zip *z, uint32_t part);

/// Whether the file is cut off, so that parts may be missing.
int zip_is_cut(const zip *z);

/// Begins to read a part from its start; another one is no longer read. Returns 0 when that fails, with the
/// job failed or the part damaged.
int zip_begin(zip *z, uint32_t part);

/// The next block of the part, which is good until the next call: its length, or 0 at the part's end, behind
/// which `zip_end` tells how that went.
uint32_t zip_next(zip *z, const char **block);
int zip_end(const zip *z);

#endif
