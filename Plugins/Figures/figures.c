#include "figures.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

figures_change figures_growth(double before, double now) {
  figures_change change = {now - before, NAN};
  if (before != 0)
    change.percent = 100 * ((now - before) / fabs(before));
  return change;
}

double figures_average_growth(double first, double last, uint32_t years) {
  if (years == 0 || !(first > 0) || !(last > 0))
    return NAN;
  return 100 * (pow(last / first, 1.0 / years) - 1);
}

int figures_income_per_visitor(int64_t income_fen, uint64_t visitors, int64_t *fen) {
  if (visitors == 0)
    return FIGURES_NO_BASE;
  if (income_fen < 0)
    return FIGURES_NEGATIVE;
  uint64_t income = (uint64_t)income_fen, rest = income % visitors;
  *fen = (int64_t)(income / visitors + (rest >= visitors - rest));
  return FIGURES_GOOD;
}

double figures_visitor_days(uint64_t visitors, double average_stay) {
  return average_stay >= 0 ? (double)visitors * average_stay : NAN;
}

int figures_share(double part, double total, double *percent) {
  if (part < 0 || total < 0)
    return FIGURES_NEGATIVE;
  if (!(total > 0))
    return FIGURES_NO_BASE;
  if (part > total)
    return FIGURES_TOO_LARGE;
  *percent = 100 * part / total;
  return FIGURES_GOOD;
}

enum { FEN = 100 };
static const int64_t wan = 10000, yi = 100000000;

__extension__ typedef unsigned __int128 wide;

/// Digits after the point beyond these do not change a fen, even of 万亿.
enum { DIGITS_MAX = 16 };

/// 10^23: as many digits together hold every amount that there is to the half of a fen, and leave room
/// to multiply them by the fen of 万亿.
static const wide digits_end = (wide)10000000000000000 * 10000000;

/// A number as it is read: all digits together, and how many of them stand behind the point.
typedef struct decimal {
  wide digits;
  int behind;
  int status;
} decimal;

static int is_digit(char c) {
  return c >= '0' && c <= '9';
}

static decimal read_decimal(const char **at) {
  decimal d = {0, 0, FIGURES_NO_NUMBER};
  for (int is_behind = 0;; (*at)++) {
    char c = **at;
    if (c == '.' && !is_behind) {
      is_behind = 1;
    } else if (is_digit(c)) {
      d.status = d.status == FIGURES_NO_NUMBER ? FIGURES_GOOD : d.status;
      int is_full = d.digits >= digits_end;
      if (is_behind && (is_full || d.behind == DIGITS_MAX))
        continue;
      if (is_full)
        d.status = FIGURES_TOO_LARGE;
      else
        d.digits = 10 * d.digits + (wide)(c - '0');
      d.behind += is_behind;
    } else if (c != ',' || is_behind) {
      return d;
    }
  }
}

/// Skips a word if it stands there.
static int skips(const char **at, const char *word) {
  size_t len = strlen(word);
  if (strncmp(*at, word, len) != 0)
    return 0;
  *at += len;
  return 1;
}

static int64_t read_unit(const char **at) {
  if (skips(at, "万亿"))
    return wan * yi;
  if (skips(at, "亿"))
    return yi;
  return skips(at, "万") ? wan : 1;
}

int figures_read_amount(const char *text, int64_t *fen) {
  if (!text)
    return FIGURES_NO_NUMBER;
  int is_negative = skips(&text, "-");
  decimal d = read_decimal(&text);
  int64_t unit = read_unit(&text);
  skips(&text, "元");
  if (*text || d.status != FIGURES_GOOD)
    return *text ? FIGURES_NO_NUMBER : d.status;
  wide amount = d.digits * (wide)unit * FEN, parts = 1;
  for (int i = 0; i < d.behind; i++)
    parts *= 10;
  amount = (amount + parts / 2) / parts;
  if (amount > (wide)INT64_MAX + (wide)is_negative)
    return FIGURES_TOO_LARGE;
  *fen = is_negative ? (int64_t)(0 - (uint64_t)amount) : (int64_t)amount;
  return FIGURES_GOOD;
}

/// Writes `fen` in a unit, as exactly as it is, without zeros at its end.
static int write_in(uint64_t fen, uint64_t unit, const char *name, const char *sign,
                    char *text, size_t room) {
  char behind[24] = "";
  uint64_t place = unit * FEN, rest = fen % place;
  size_t len = 0;
  if (rest)
    behind[len++] = '.';
  while (rest) {
    place /= 10;
    behind[len++] = (char)('0' + rest / place);
    rest %= place;
  }
  return snprintf(text, room, "%s%llu%s%s", sign, (unsigned long long)(fen / unit / FEN),
                  behind, name);
}

int figures_write_amount(int64_t fen, char *text, size_t room) {
  const char *sign = fen < 0 ? "-" : "";
  uint64_t amount = fen < 0 ? -(uint64_t)fen : (uint64_t)fen;
  if (amount >= (uint64_t)yi * FEN)
    return write_in(amount, (uint64_t)yi, "亿元", sign, text, room);
  if (amount >= (uint64_t)wan * FEN)
    return write_in(amount, (uint64_t)wan, "万元", sign, text, room);
  return snprintf(text, room, "%s%llu.%02llu元", sign, (unsigned long long)(amount / FEN),
                  (unsigned long long)(amount % FEN));
}
