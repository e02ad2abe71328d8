/// The strings that the cells of a workbook share, one behind the other in one block of memory.
#ifndef OFFICE_SHARED_STRINGS_H
#define OFFICE_SHARED_STRINGS_H

#include "text.h"
#include "xml.h"

typedef struct shared_strings {
  text all;
  uint32_t *ends; ///< of each, in `all`
  uint32_t count, capacity;
} shared_strings;

/// Reads the part of strings. Those behind a cut are missing.
void read_shared_strings(job *j, zip *z, uint32_t part, shared_strings *strings);
void free_shared_strings(shared_strings *strings);

/// A string by its index; its bytes are NULL where there is none.
xml_value shared_string(const shared_strings *strings, uint32_t index);

#endif
