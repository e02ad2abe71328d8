#include "cell_values.h"
#include "number_formats.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DIGITS = 15, NUMBER_MAX = 64 };

static int add_string(text *t, const char *string) {
  return text_add(t, string, (uint32_t)strlen(string));
}

/// Writes the digits of a large number, and zeros up to its point.
static void write_large(int exponent, char out[NUMBER_MAX]) {
  uint32_t count = 0, sign = out[0] == '-';
  for (const char *at = out; *at && *at != 'e'; at++)
    if (*at >= '0' && *at <= '9')
      out[sign + count++] = *at;
  uint32_t zeros = (uint32_t)exponent + 1 - count;
  memset(out + sign + count, '0', zeros);
  out[sign + count + zeros] = 0;
}

/// Writes a number to 15 significant digits, without an exponent unless it is very large or very small.
static void write_number(double value, char out[NUMBER_MAX]) {
  snprintf(out, NUMBER_MAX, "%.*g", DIGITS, value == 0 ? 0.0 : value);
  const char *exponent_at = strchr(out, 'e');
  int exponent = exponent_at ? atoi(exponent_at + 1) : 0;
  if (exponent > 0 && exponent <= 20)
    write_large(exponent, out);
  if (exponent >= 0 || exponent < -9)
    return;
  snprintf(out, NUMBER_MAX, "%.*f", DIGITS - 1 - exponent, value);
  for (size_t end = strlen(out); out[end - 1] == '0'; end--)
    out[end - 1] = 0;
}

static int add_percent(text *t, double value) {
  char out[NUMBER_MAX];
  write_number(value * 100, out);
  return add_string(t, out) && add_string(t, "%");
}

/// Writes the date of a day by Excel's count, whose day 60 is the 29th of February 1900, which never was.
static void write_date(uint32_t day, uint8_t shown, char out[NUMBER_MAX]) {
  // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": years begin in March.
  int64_t z = (int64_t)day - (day < 60 ? 25568 : 25569) + 719468;
  uint32_t era = (uint32_t)(z / 146097), of_era = (uint32_t)(z % 146097);
  uint32_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  uint32_t of_year = of_era - (365 * year + year / 4 - year / 100);
  uint32_t month = (5 * of_year + 2) / 153;
  uint32_t date = of_year - (153 * month + 2) / 5 + 1;
  month = month < 10 ? month + 3 : month - 9;
  year += era * 400 + (month <= 2);
  if (day == 60)
    year = 1900, month = 2, date = 29;
  if ((shown & SHOWS_DATE) == SHOWS_YEAR)
    snprintf(out, NUMBER_MAX, "%u", (unsigned)year);
  else if ((shown & SHOWS_DATE) == (SHOWS_YEAR | SHOWS_MONTH))
    snprintf(out, NUMBER_MAX, "%u-%02u", (unsigned)year, (unsigned)month);
  else
    snprintf(out, NUMBER_MAX, "%u-%02u-%02u", (unsigned)year, (unsigned)month,
             (unsigned)date);
}

static void write_time(uint64_t seconds, uint8_t shown, char out[NUMBER_MAX]) {
  uint64_t hours = seconds / 3600;
  unsigned minutes = (unsigned)(seconds / 60 % 60), rest = (unsigned)(seconds % 60);
  if (!(shown & SHOWS_ELAPSED))
    hours %= 24;
  if (rest || shown & SHOWS_SECONDS)
    snprintf(out, NUMBER_MAX, "%02llu:%02u:%02u", (unsigned long long)hours, minutes,
             rest);
  else
    snprintf(out, NUMBER_MAX, "%02llu:%02u", (unsigned long long)hours, minutes);
}

/// The last day that Excel knows is the 31st of December 9999.
enum { DAYS_END = 2958466, DAYS_1904 = 1462, DAY_SECONDS = 86400 };

/// Appends a date or a time. Returns -1 where the number is none.
static int add_moment(text *t, double value, uint8_t shown, int since_1904) {
  char out[NUMBER_MAX];
  if (value < 0 || value >= DAYS_END - DAYS_1904 * since_1904)
    return -1;
  uint64_t seconds = (uint64_t)floor(value * DAY_SECONDS + 0.5);
  uint32_t day = (uint32_t)(seconds / DAY_SECONDS) + (since_1904 ? DAYS_1904 : 0);
  if (shown & SHOWS_WHAT_IS_THERE)
    shown = (uint8_t)((day > 0 ? SHOWS_DATE : 0) |
                      (seconds % DAY_SECONDS || day == 0 ? SHOWS_TIME : 0));
  int has_date = (shown & SHOWS_DATE) && day > 0;
  if (!has_date && !(shown & SHOWS_TIME))
    return -1;
  if (has_date) {
    write_date(day, shown, out);
    if (!add_string(t, out) || (shown & SHOWS_TIME && !add_string(t, " ")))
      return 0;
  }
  if (!(shown & SHOWS_TIME))
    return 1;
  write_time(seconds, has_date ? shown & (uint8_t)~SHOWS_ELAPSED : shown, out);
  return add_string(t, out);
}

/// Whether digits stand as they would be written.
static int is_plain(const char *bytes, uint32_t len) {
  if (len == 0 || len > DIGITS || (bytes[0] == '0' && len > 1))
    return 0;
  for (uint32_t i = 0; i < len; i++)
    if (bytes[i] < '0' || bytes[i] > '9')
      return 0;
  return 1;
}

int text_add_number(text *t, const char *bytes, uint32_t len, uint8_t shown,
                    int since_1904) {
  char number[NUMBER_MAX], *end;
  if (!shown && is_plain(bytes, len))
    return text_add(t, bytes, len);
  if (len == 0 || len >= sizeof number)
    return text_add_flat(t, bytes, len);
  memcpy(number, bytes, len);
  number[len] = 0;
  // Digits, signs, points and exponents alone: strtod takes more than Excel writes.
  if (strspn(number, "+-.0123456789eE") != len)
    return text_add_flat(t, bytes, len);
  double value = strtod(number, &end);
  if (*end || !isfinite(value))
    return text_add_flat(t, bytes, len);
  if (shown & SHOWS_PERCENT)
    return add_percent(t, value);
  int added = shown ? add_moment(t, value, shown, since_1904) : -1;
  if (added >= 0)
    return added;
  write_number(value, number);
  return add_string(t, number);
}

static uint32_t hexadecimal(const char *at) {
  uint32_t sum = 0;
  for (int i = 0; i < 4; i++) {
    char c = at[i];
    uint32_t digit = c >= '0' && c <= '9'   ? (uint32_t)(c - '0')
                     : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A') + 10
                     : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a') + 10
                                            : 16;
    if (digit == 16)
      return UINT32_MAX;
    sum = sum * 16 + digit;
  }
  return sum;
}

void unescape(char *bytes, uint32_t *len) {
  uint32_t to = 0;
  for (uint32_t from = 0; from < *len;) {
    uint32_t scalar = UINT32_MAX;
    if (bytes[from] == '_' && *len - from >= 7 && bytes[from + 1] == 'x' &&
        bytes[from + 6] == '_')
      scalar = hexadecimal(bytes + from + 2);
    // Half a character stays as it is written.
    if (scalar == UINT32_MAX || (scalar >= 0xd800 && scalar <= 0xdfff)) {
      bytes[to++] = bytes[from++];
      continue;
    }
    text one = {0};
    if (!text_add_scalar(&one, scalar < 0x20 ? ' ' : scalar))
      return;
    memcpy(bytes + to, one.bytes, one.len);
    to += one.len;
    from += 7;
    text_free(&one);
  }
  *len = to;
}
