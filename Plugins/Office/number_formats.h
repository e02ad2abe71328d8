/// How a workbook's cells show their numbers: as dates, as percentages or as they are.
#ifndef OFFICE_NUMBER_FORMATS_H
#define OFFICE_NUMBER_FORMATS_H

#include "xml.h"

/// What a format shows; nothing for a plain number.
enum {
  SHOWS_PERCENT = 1,
  SHOWS_YEAR = 2,
  SHOWS_MONTH = 4,
  SHOWS_DAY = 8,
  SHOWS_DATE = SHOWS_YEAR | SHOWS_MONTH | SHOWS_DAY,
  SHOWS_TIME = 16,
  SHOWS_SECONDS = 32,
  SHOWS_ELAPSED = 64, ///< hours beyond 24
  SHOWS_WHAT_IS_THERE =
      128 ///< a date or a time, by the number: it depends on Excel's language
};

typedef struct number_formats {
  uint8_t *of_style; ///< what the cells of each style show
  uint32_t count, capacity;
} number_formats;

/// Reads the part of styles; none where it is broken, which is noted.
void read_number_formats(job *j, zip *z, uint32_t part, number_formats *formats);
void free_number_formats(number_formats *formats);

/// What a format's code shows, eg: `yyyy"年"m"月"`.
uint8_t shown_by_code(const char *code, uint32_t len);

#endif
