/// Fuzzers of files that are archives of parts.
#ifndef DUIKOU_FUZZING_PARTS_H
#define DUIKOU_FUZZING_PARTS_H

#include <stddef.h>
#include <stdint.h>

/// Reads a file that is made of the input: an archive as it stands, or its parts by these names, eight at most, with a
/// NUL between them.
int fuzz_parts(const char *method, const char *const *names, int count,
               const uint8_t *bytes, size_t len);

#endif
