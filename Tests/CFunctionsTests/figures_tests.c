/// Plugins/Figures, called as a client would.
#include "check.h"
#include "harness.h"
#include "tests.h"

#include <inttypes.h>

typedef struct figure {
  const char *method, *request, *response;
} figure;

/// Outcomes: 0 good, 1 no base, 2 negative, 3 too large, 4 no number.
static const figure all[] = {
    {"Growth", "before=80;now=100", "change_difference=20;change_percent=25"},
    {"Growth", "before=100;now=80", "change_difference=-20;change_percent=-20"},
    {"Growth", "before=-10;now=5", "change_difference=15;change_percent=150"},
    {"Growth", "before=0;now=5", "change_difference=5"},
    {"Growth", "before=1e300;now=-1e308",
     "change_difference=-1.00000001e+308;change_percent=-10000000100"},
    {"AverageGrowth", "first=100;last=121;years=2", "percent=10"},
    {"AverageGrowth", "first=100;last=100;years=7", "percent=0"},
    {"AverageGrowth", "first=100;last=121;years=0", ""},
    {"AverageGrowth", "first=0;last=121;years=2", ""},
    {"AverageGrowth", "first=100;last=-1;years=2", ""},
    // 29.75亿元 from 9.92 million visits: 299.90元 each.
    {"IncomePerVisitor", "income=297500000000;visitors=9920000",
     "per_visitor=29990;outcome=0"},
    {"IncomePerVisitor", "income=5;visitors=2", "per_visitor=3;outcome=0"},
    {"IncomePerVisitor", "income=4;visitors=3", "per_visitor=1;outcome=0"},
    {"IncomePerVisitor", "income=9223372036854775807;visitors=1",
     "per_visitor=9223372036854775807;outcome=0"},
    {"IncomePerVisitor", "income=9223372036854775807;visitors=18446744073709551615",
     "per_visitor=0;outcome=0"},
    {"IncomePerVisitor", "income=5;visitors=0", "per_visitor=0;outcome=1"},
    {"IncomePerVisitor", "income=-5;visitors=2", "per_visitor=0;outcome=2"},
    {"VisitorDays", "visitors=1200;average_stay=2.5", "visitor_days=3000"},
    {"VisitorDays", "visitors=1200;average_stay=-1", ""},
    {"VisitorDays", "visitors=0;average_stay=3", "visitor_days=0"},
    {"VisitorDays", "visitors=18446744073709551615;average_stay=1e300", ""},
    {"Share", "part=31;total=103", "percent=30.0970873786;outcome=0"},
    {"Share", "part=0;total=5", "percent=0;outcome=0"},
    {"Share", "part=0;total=0", "percent=0;outcome=1"},
    {"Share", "part=6;total=5", "percent=0;outcome=3"},
    {"Share", "part=-1;total=5", "percent=0;outcome=2"},
    {"ReadAmount", "text=29.75亿元", "amount=297500000000;outcome=0"},
    {"ReadAmount", "text=3,200万元", "amount=3200000000;outcome=0"},
    {"ReadAmount", "text=0.3亿", "amount=3000000000;outcome=0"},
    {"ReadAmount", "text=1.2万亿元", "amount=120000000000000;outcome=0"},
    {"ReadAmount", "text=1500.5元", "amount=150050;outcome=0"},
    {"ReadAmount", "text=12", "amount=1200;outcome=0"},
    {"ReadAmount", "text=-1.6万", "amount=-1600000;outcome=0"},
    {"ReadAmount", "text=0.005元", "amount=1;outcome=0"},
    {"ReadAmount", "text=0.12345678901234567890亿元", "amount=1234567890;outcome=0"},
    {"ReadAmount", "text=80000000000000000.01", "amount=8000000000000000001;outcome=0"},
    {"ReadAmount", "text=901894820.9821358968亿元",
     "amount=9018948209821358968;outcome=0"},
    {"ReadAmount", "text=1.0000000000009万亿", "amount=100000000000090;outcome=0"},
    {"ReadAmount", "text=1.000000000000004万亿", "amount=100000000000000;outcome=0"},
    {"ReadAmount", "text=1.000000000000005万亿", "amount=100000000000001;outcome=0"},
    {"ReadAmount", "text=00000000000000000000000000012.30元", "amount=1230;outcome=0"},
    {"ReadAmount", "text=92233720368547758.0700000000000000000000",
     "amount=9223372036854775807;outcome=0"},
    {"ReadAmount", "text=92233720368547758.074999999999999999元",
     "amount=9223372036854775807;outcome=0"},
    {"ReadAmount", "text=92233720368547758.075元", "amount=0;outcome=3"},
    {"ReadAmount", "text=-92233720368547758.08元",
     "amount=-9223372036854775808;outcome=0"},
    {"ReadAmount", "text=-92233720368547758.085元", "amount=0;outcome=3"},
    {"ReadAmount", "text=99999999999999999999999元", "amount=0;outcome=3"},
    {"ReadAmount", "text=999999999999999999999999万亿元", "amount=0;outcome=3"},
    {"ReadAmount", "text=9999999999999999999999999999999999999999999",
     "amount=0;outcome=3"},
    {"ReadAmount", "text=92233720368万亿元", "amount=0;outcome=3"},
    {"ReadAmount", "text=", "amount=0;outcome=4"},
    {"ReadAmount", "", "amount=0;outcome=4"},
    {"ReadAmount", "text=亿元", "amount=0;outcome=4"},
    {"ReadAmount", "text=1.2.3元", "amount=0;outcome=4"},
    {"ReadAmount", "text=5美元", "amount=0;outcome=4"},
    {"ReadAmount", "text=%ff%fe", "amount=0;outcome=4"},
    {"WriteAmount", "amount=297500000000", "text=29.75亿元;bytes=11"},
    {"WriteAmount", "amount=3200000000", "text=3200万元;bytes=10"},
    {"WriteAmount", "amount=150050", "text=1500.50元;bytes=10"},
    {"WriteAmount", "amount=0", "text=0.00元;bytes=7"},
    {"WriteAmount", "amount=1000001", "text=1.000001万元;bytes=14"},
    {"WriteAmount", "amount=-10000000001", "text=-1.0000000001亿元;bytes=19"},
    {"WriteAmount", "amount=9223372036854775807",
     "text=922337203.6854775807亿元;bytes=26"},
    {"WriteAmount", "amount=-9223372036854775808",
     "text=-922337203.6854775808亿元;bytes=27"},
};

/// Writes an amount and reads it again; says which where another one comes back.
static void reads_back(dkr_context *context, const dk_plugin *plugin, int64_t amount) {
  char request[ANSWER_SIZE + 16], expected[64];
  snprintf(request, sizeof request, "amount=%" PRId64, amount);
  answer a = call_with(context, plugin, "WriteAmount", request, 1);
  *strchr(a.text, ';') = 0;
  snprintf(expected, sizeof expected, "amount=%" PRId64 ";outcome=0", amount);
  answer back = call_with(context, plugin, "ReadAmount", a.text, 1);
  CHECK(back.status == DK_OK && strcmp(back.text, expected) == 0);
  if (strcmp(back.text, expected) != 0)
    fprintf(stderr, "  %s of %s\n", back.text, expected);
}

static void round_trips(const dk_plugin *plugin) {
  CASE("what is written is read as the same amount");
  dkr_context *context = new_context();
  static const int64_t ends[] = {INT64_MIN, INT64_MIN + 1,      -1, 0, 1, INT64_MAX - 1,
                                 INT64_MAX, 9018948209821358968};
  for (uint32_t i = 0; i < DK_COUNT(ends); i++)
    reads_back(context, plugin, ends[i]);
  uint64_t seed = 7;
  for (int i = 0; i < 3000; i++) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    // Of all lengths.
    reads_back(context, plugin, (int64_t)(seed ^ seed >> 32) >> i % 64);
  }
  dkr_context_destroy(context);
}

counts test_figures(const char *library) {
  const dk_plugin *plugin = adopt_library(library);
  for (uint32_t i = 0; i < DK_COUNT(all); i++) {
    char sentence[256];
    snprintf(sentence, sizeof sentence, "%s of %s", all[i].method, all[i].request);
    CASE(sentence);
    answer a = ask(plugin, all[i].method, all[i].request);
    CHECK(a.status == DK_OK && strcmp(a.text, all[i].response) == 0);
    if (strcmp(a.text, all[i].response) != 0)
      fprintf(stderr, "  %d: %s\n", a.status, a.text);
  }
  CASE("a number that is left out");
  CHECK(ask(plugin, "Growth", "before=1").status == DK_INVALID_ARGUMENT);
  round_trips(plugin);
  return (counts){passed, failed};
}
