/// Fuzzers of readers.
#ifndef DUIKOU_FUZZING_READER_H
#define DUIKOU_FUZZING_READER_H

#include <stddef.h>
#include <stdint.h>

/// Reads bytes by a method of the plugin that is compiled along, and ends the fuzzer where that breaks the
/// contract of readers.
int fuzz_reader(const char *method, const char *media, const uint8_t *bytes, size_t len);

#endif
