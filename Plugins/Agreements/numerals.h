/// Small numbers, days and durations as agreements write them.
#ifndef AGREEMENTS_NUMERALS_H
#define AGREEMENTS_NUMERALS_H

#include "text.h"

/// A day as it is written; what is left out is 0.
typedef struct day {
  uint32_t year, month, day;
} day;

/// Reads a number of at most four digits (2018, ３) or up to 九十九; returns its bytes, 0 for none.
uint32_t number_at(text t, uint32_t at, uint32_t end, uint32_t *value);

/// Reads 2018年, 2018年7月, 2018年7月4日 or 7月4日; returns its bytes, 0 for none.
uint32_t day_at(text t, uint32_t at, uint32_t end, day *found);

/// Reads 三年, 3年, 18个月, 一年半, 三年零六个月 or 半年; returns its bytes, 0 for none.
uint32_t duration_at(text t, uint32_t at, uint32_t end, uint32_t *months);

/// Reads 2018年至2020年, 2018年1月1日起至2020年12月31日, 2018—2020年, but not 2018—2020年度, or a range of months or days that are whole months; returns its
/// bytes, 0 for none.
uint32_t period_at(text t, uint32_t at, uint32_t end, uint32_t *months);

/// Days since 1970-01-01 of a day that is fully written.
int32_t days_of(day d);

/// The day of a number of days since 1970-01-01.
day day_of(int32_t days);

#endif
