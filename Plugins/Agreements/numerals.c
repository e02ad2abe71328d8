#include "numerals.h"

enum { DIGITS_MAX = 4, LONGEST_TERM = 99 };

static uint32_t spaces_at(text t, uint32_t at, uint32_t end) {
  uint32_t start = at;
  while (at < end && t.bytes[at] == ' ')
    at++;
  return at - start;
}

static uint32_t digit_at(text t, uint32_t at, uint32_t end, uint32_t *digit) {
  if (at >= end)
    return 0;
  *digit = (uint32_t)(unsigned char)t.bytes[at] - '0';
  if (*digit <= 9)
    return 1;
  if (!stands_at(t, at, end, "\xef\xbc") || at + 3 > end)
    return 0;
  *digit = (uint32_t)(unsigned char)t.bytes[at + 2] - 0x90;
  return *digit <= 9 ? 3 : 0;
}

static uint32_t chinese_digit_at(text t, uint32_t at, uint32_t end, uint32_t *digit) {
  static const char *const digits[] = {"一", "二", "三", "四", "五", "六",
                                       "七", "八", "九", "两", "兩"};
  for (uint32_t i = 0; i < sizeof digits / sizeof *digits; i++) {
    if (stands_at(t, at, end, digits[i])) {
      *digit = i < 9 ? i + 1 : 2;
      return 3;
    }
  }
  return 0;
}

static uint32_t chinese_number_at(text t, uint32_t at, uint32_t end, uint32_t *value) {
  uint32_t tens = 1, ones = 0, start = at;
  at += chinese_digit_at(t, at, end, &tens);
  if (!stands_at(t, at, end, "十")) {
    *value = tens;
    return at - start;
  }
  at += 3;
  at += chinese_digit_at(t, at, end, &ones);
  *value = 10 * tens + ones;
  return at - start;
}

uint32_t number_at(text t, uint32_t at, uint32_t end, uint32_t *value) {
  uint32_t start = at, len, digit, count = 0;
  *value = 0;
  while ((len = digit_at(t, at, end, &digit))) {
    if (++count > DIGITS_MAX)
      return 0;
    *value = 10 * *value + digit;
    at += len;
  }
  return count ? at - start : chinese_number_at(t, at, end, value);
}

/// Reads a number with a unit behind it.
static uint32_t counted_at(text t, uint32_t at, uint32_t end, const char *const *units,
                           uint32_t *value) {
  uint32_t start = at, len = number_at(t, at, end, value);
  if (!len)
    return 0;
  at += len + spaces_at(t, at + len, end);
  len = any_at(t, at, end, units);
  return len ? at + len - start : 0;
}

static const char *const years[] = {"年", NULL};
static const char *const months_of_year[] = {"月", NULL};
static const char *const days_of_month[] = {"日", "号", "號", NULL};

static uint32_t month_length(uint32_t year, uint32_t month) {
  int is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  if (month == 2)
    return is_leap ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

uint32_t day_at(text t, uint32_t at, uint32_t end, day *found) {
  uint32_t start = at, value, len = counted_at(t, at, end, years, &value);
  *found = (day){0};
  if (len && value >= 1900 && value < 2100) {
    found->year = value;
    at += len;
    at += spaces_at(t, at, end);
  }
  len = counted_at(t, at, end, months_of_year, &value);
  if (!len || value < 1 || value > 12)
    return found->year ? at - start : 0;
  found->month = value;
  at += len;
  at += spaces_at(t, at, end);
  len = counted_at(t, at, end, days_of_month, &value);
  if (!len || value < 1 ||
      value > month_length(found->year ? found->year : 2000, found->month))
    return found->year ? at - start : 0;
  found->day = value;
  return at + len - start;
}

static const char *const months_of_term[] = {"个月", "個月", NULL};

/// Reads what stands behind the years of a term: 半, 零六个月 or 6个月; returns its bytes.
static uint32_t rest_at(text t, uint32_t at, uint32_t end, uint32_t *months) {
  static const char *const links[] = {"零", "又", "〇", NULL};
  *months = 6;
  if (stands_at(t, at, end, "半"))
    return 3;
  uint32_t link = any_at(t, at, end, links);
  uint32_t len = counted_at(t, at + link, end, months_of_term, months);
  return len && *months < 12 ? link + len : 0;
}

uint32_t duration_at(text t, uint32_t at, uint32_t end, uint32_t *months) {
  if (stands_at(t, at, end, "半年")) {
    *months = 6;
    return 6;
  }
  uint32_t value, more, len = counted_at(t, at, end, years, &value);
  *months = 12 * value;
  if (len) {
    uint32_t rest = rest_at(t, at + len, end, &more);
    *months += rest ? more : 0;
    len += rest;
  } else {
    len = counted_at(t, at, end, months_of_term, &value);
    *months = value;
  }
  return value > 0 && value <= LONGEST_TERM ? len : 0;
}

/// How many months two days enclose; 0 where they are no whole ones.
static uint32_t months_between(day first, day last) {
  uint32_t months =
      12 * (last.year - first.year) + last.month - first.month + (last.day ? 0 : 1);
  if (!last.month)
    return 12 * (last.year - first.year + 1);
  int is_day_before = last.day + 1 == first.day || last.day == first.day;
  int ends_month = first.day == 1 && last.day == month_length(last.year, last.month);
  if (!last.day || is_day_before)
    return months;
  return ends_month ? months + 1 : 0;
}

uint32_t period_at(text t, uint32_t at, uint32_t end, uint32_t *months) {
  static const char *const joints[] = {"起至", "起到", "至", "到", "——", "—",
                                       "–",    "－",   "-",  "~",  "～", NULL};
  uint32_t start = at, len, value;
  day first, last;
  len = day_at(t, at, end, &first);
  if (!len) {
    len = number_at(t, at, end, &value);
    first = (day){.year = value};
  }
  at += len;
  uint32_t joint = any_at(t, at, end, joints);
  if (!len || !joint || first.year < 1900 || first.year >= 2100)
    return 0;
  at += joint;
  len = day_at(t, at, end, &last);
  int is_alike = !first.month == !last.month && !first.day == !last.day;
  if (!len || !is_alike || stands_at(t, at + len, end, "度") || last.year < first.year ||
      (last.year == first.year && last.month < first.month))
    return 0;
  *months = months_between(first, last);
  return *months > 0 && *months <= 12 * LONGEST_TERM ? at + len - start : 0;
}

// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
int32_t days_of(day d) {
  uint32_t year = d.month <= 2 ? d.year - 1 : d.year;
  uint32_t month = d.month > 2 ? d.month - 3 : d.month + 9;
  uint32_t era = year / 400, of_era = year % 400;
  uint32_t of_year = (153 * month + 2) / 5 + d.day - 1;
  return (int32_t)(era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year) -
         719468;
}

day day_of(int32_t days) {
  int64_t shifted = (int64_t)days + 719468;
  if (shifted < 0)
    return (day){0};
  uint32_t era = (uint32_t)(shifted / 146097), left = (uint32_t)(shifted % 146097);
  uint32_t of_era = (left - left / 1460 + left / 36524 - left / 146096) / 365;
  uint32_t of_year = left - (365 * of_era + of_era / 4 - of_era / 100);
  uint32_t month = (5 * of_year + 2) / 153;
  day found = {.year = era * 400 + of_era,
               .month = month < 10 ? month + 3 : month - 9,
               .day = of_year - (153 * month + 2) / 5 + 1};
  found.year += found.month <= 2;
  return found;
}
