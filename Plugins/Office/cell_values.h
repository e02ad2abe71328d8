/// The values of cells as text.
#ifndef OFFICE_CELL_VALUES_H
#define OFFICE_CELL_VALUES_H

#include "text.h"

/// Appends a number as it would be read: to 15 significant digits, as Excel keeps it, and as a date or a
/// percentage where its format shows one. What is no number is appended as it stands. Returns 0 when there is
/// no memory.
int text_add_number(text *t, const char *bytes, uint32_t len, uint8_t shown,
                    int since_1904);

/// Puts characters in the place of _xHHHH_, as Excel writes those that XML has not.
void unescape(char *bytes, uint32_t *len);

#endif
