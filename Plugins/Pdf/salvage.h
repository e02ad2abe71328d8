/// Makes a file that can be opened of what is left of one that cannot.
#ifndef PDF_SALVAGE_H
#define PDF_SALVAGE_H

#include <stddef.h>

/// A copy of the file with a new list of its pages behind it, in the order in which they stand there; what
/// Flate has not packed can be found. Returns NULL where there are none, there is no memory, or the file is encrypted.
/// The caller frees it.
char *salvage(const char *bytes, size_t len, size_t *salvaged_len);

#endif
