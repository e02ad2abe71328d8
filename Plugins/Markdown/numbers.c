#include "numbers.h"

#include <stdio.h>
#include <string.h>

void put_day(writer *w, int32_t day) {
  // Civil from days, with years that begin in March (Howard Hinnant, chrono-Compatible Low-Level Date
  // Algorithms).
  int64_t shifted = (int64_t)day + 719468;
  int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  int64_t of_era = shifted - era * 146097;
  int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int64_t month_of_year = (5 * of_year + 2) / 153;
  int64_t month = month_of_year < 10 ? month_of_year + 3 : month_of_year - 9;
  char text[48];
  snprintf(text, sizeof text, "%04lld-%02d-%02d",
           (long long)(year_of_era + era * 400 + (month <= 2)), (int)month,
           (int)(of_year - (153 * month_of_year + 2) / 5 + 1));
  put(w, text);
}

void put_decimal(writer *w, int64_t value, int32_t exponent) {
  char text[96];
  if (exponent < -18 || exponent > 36) {
    snprintf(text, sizeof text, "%llde%d", (long long)value, (int)exponent);
    put(w, text);
    return;
  }
  char digits[24];
  uint64_t magnitude = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
  int places = exponent < 0 ? -exponent : 0;
  // At least one digit before the point.
  int count = snprintf(digits, sizeof digits, "%0*llu", places + 1,
                       (unsigned long long)magnitude);
  put(w, value < 0 ? "-" : "");
  put_bytes(w, digits, (uint32_t)(count - places));
  if (places) {
    put(w, ".");
    put_bytes(w, digits + count - places, (uint32_t)places);
  }
  for (int32_t i = 0; i < exponent && value; i++)
    put(w, "0");
}
