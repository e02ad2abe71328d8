/// Days and decimal numbers as text.
#ifndef DUIKOU_MARKDOWN_NUMBERS_H
#define DUIKOU_MARKDOWN_NUMBERS_H

#include "writer.h"

/// A day since 1970-01-01 by ISO 8601.
void put_day(writer *w, int32_t day);

/// `value` times ten to the power of `exponent`, with a point where it has places. What is out of all
/// measure is written as it is stored: 5e99.
void put_decimal(writer *w, int64_t value, int32_t exponent);

#endif
