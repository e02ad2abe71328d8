/// Days in what pages say of themselves.
#ifndef TEXTS_DATES_H
#define TEXTS_DATES_H

#include <stddef.h>
#include <stdint.h>

/// The day that a text begins with, behind what is no digit: 2018-07-04, 2018/7/4, 2018.7.4, 2018年7月4日,
/// 20180704, each with a time or not, or seconds since 1970. A moment of UTC is the day it was in China.
/// In days since 1970-01-01; INT32_MIN for none.
int32_t date_in(const char *text, size_t len);

#endif
