#include "dates.h"

#include <string.h>

enum { NONE = INT32_MIN, CHINA = 8 * 3600, DAY = 86400 };

/// What is left of a text.
typedef struct reader {
  const char *at, *end;
} reader;

static int is_digit(const reader *r) {
  return r->at < r->end && *r->at >= '0' && *r->at <= '9';
}

/// A number of at most `most` digits; -1 for none.
static int64_t number(reader *r, int most) {
  int64_t value = is_digit(r) ? 0 : -1;
  for (; most > 0 && is_digit(r); most--)
    value = value * 10 + (*r->at++ - '0');
  return value;
}

static int skips(reader *r, const char *text) {
  size_t len = strlen(text);
  if ((size_t)(r->end - r->at) < len || memcmp(r->at, text, len) != 0)
    return 0;
  r->at += len;
  return 1;
}

/// Days since 1970-01-01 of a day of the Gregorian calendar; NONE where there is no such day.
static int64_t days_of(int64_t year, int64_t month, int64_t day) {
  static const int lengths[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
  if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1 ||
      day > lengths[month - 1])
    return NONE;
  int is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  if (month == 2 && day == 29 && !is_leap)
    return NONE;
  int64_t past = year - 1;
  int64_t days = past * 365 + past / 4 - past / 100 + past / 400 - 719162;
  return days + before[month - 1] + (is_leap && month > 2) + day - 1;
}

/// Seconds into the day, in China's time where the zone is UTC; 0 where there is no time.
static int64_t time_of(reader *r) {
  if (!skips(r, "T") && !skips(r, " "))
    return 0;
  int64_t parts[3] = {number(r, 2), 0, 0};
  for (int i = 1; i < 3 && skips(r, ":"); i++)
    parts[i] = number(r, 2);
  if (parts[0] < 0 || parts[0] > 23 || parts[1] < 0 || parts[1] > 59)
    return 0;
  if (skips(r, "."))
    number(r, 9);
  int is_utc = skips(r, "Z") || skips(r, "+00:00") || skips(r, "+0000");
  return parts[0] * 3600 + parts[1] * 60 + (is_utc ? CHINA : 0);
}

int32_t date_in(const char *text, size_t len) {
  reader r = {text, text + len};
  while (r.at < r.end && !is_digit(&r))
    r.at++;
  const char *digits = r.at;
  int64_t first = number(&r, 14);
  size_t width = (size_t)(r.at - digits);
  if (width == 10 && first >= 946684800 && first < 4102444800)
    return (int32_t)((first + CHINA) / DAY);
  if (width == 13 && first / 1000 >= 946684800 && first / 1000 < 4102444800)
    return (int32_t)((first / 1000 + CHINA) / DAY);
  if (width == 8)
    return (int32_t)days_of(first / 10000, first / 100 % 100, first % 100);
  if (width != 4)
    return NONE;
  static const char *const marks[][3] = {
      {"-", "-", ""}, {"/", "/", ""}, {".", ".", ""}, {"年", "月", "日"}};
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
    reader date = r;
    if (!skips(&date, marks[i][0]))
      continue;
    int64_t month = number(&date, 2);
    if (!skips(&date, marks[i][1]))
      return NONE;
    int64_t days = days_of(first, month, number(&date, 2));
    skips(&date, marks[i][2]);
    return days == NONE ? NONE : (int32_t)(days + time_of(&date) / DAY);
  }
  return NONE;
}
