/// Arithmetic of tourism reports. Money is fen. This part knows nothing of Duikou.
#ifndef FIGURES_H
#define FIGURES_H

#include <stddef.h>
#include <stdint.h>

/// How a function that cannot always answer has ended.
enum {
  FIGURES_GOOD = 0,
  FIGURES_NO_BASE = 1,   ///< a share or an average of nothing
  FIGURES_NEGATIVE = 2,  ///< less than nothing of what cannot be less
  FIGURES_TOO_LARGE = 3, ///< the answer has no room in its type
  FIGURES_NO_NUMBER = 4  ///< the text is no amount of money
};

/// From one period to the next.
typedef struct figures_change {
  double difference;
  double percent; ///< NaN where nothing was before
} figures_change;

figures_change figures_growth(double before, double now);

/// The yearly growth, in percent, that leads from `first` to `last` in so many years. NaN for no years
/// and for values that are not above 0.
double figures_average_growth(double first, double last, uint32_t years);

/// Income divided by visitors, in fen, rounded to the nearest; half a fen goes up.
int figures_income_per_visitor(int64_t income_fen, uint64_t visitors, int64_t *fen);

/// Days that all visitors stayed together. NaN for a stay that is negative or no number.
double figures_visitor_days(uint64_t visitors, double average_stay);

/// What part of a total something is, in percent. `*percent` stays as it is where there is none.
int figures_share(double part, double total, double *percent);

/// Reads an amount such as 29.75亿元, 3,200万元, 1500.5元 or 12 into fen, exactly; half a fen counts as
/// one. Whatever figures_write_amount writes is read as the same.
int figures_read_amount(const char *text, int64_t *fen);

/// Writes an amount as people do: 29.75亿元, 3200万元, 1500.50元. Returns the bytes that it takes
/// without the NUL, as snprintf.
int figures_write_amount(int64_t fen, char *text, size_t room);

#endif
