/// Describes the functions of figures.h to Duikou.
#include "duikou.h"
#include "figures.h"

static const dk_value outcomes[] = {
    {"good", NULL, FIGURES_GOOD},
    {"no_base", "It is a share or an average of nothing.", FIGURES_NO_BASE},
    {"negative", "Something is negative that cannot be.", FIGURES_NEGATIVE},
    {"too_large", "The answer is larger than it can be.", FIGURES_TOO_LARGE},
    {"no_number", "The text is no amount of money.", FIGURES_NO_NUMBER},
};

static const dk_field change_members[] = {
    DK_FIELD(figures_change, difference, 0, DK_F64, "The later value less the earlier."),
    DK_FIELD_UNIT(
        figures_change, percent, 0, DK_F64, "percent",
        "The difference in percent of the earlier value; absent where that is 0."),
};

#define NUMBER(name, kind, unit, doc) DK_ARGUMENT(name, DK_VALUE, kind, unit, doc)
#define OUT(name, kind, unit, doc)    DK_ARGUMENT(name, DK_OUT, kind, unit, doc)

static const dk_argument of_growth[] = {
    NUMBER(before, DK_F64, NULL, "The value of the earlier period."),
    NUMBER(now, DK_F64, NULL, "The value of the later period.")};
static const dk_argument of_average_growth[] = {
    NUMBER(first, DK_F64, NULL, "The value of the first year."),
    NUMBER(last, DK_F64, NULL, "The value of the last year."),
    NUMBER(years, DK_U32, "year", "Years between the two.")};
static const dk_argument of_income[] = {
    NUMBER(income, DK_I64, "fen", "Income from all visitors."),
    NUMBER(visitors, DK_U64, NULL, "How many came."),
    OUT(per_visitor, DK_I64, "fen", "Income from one; 0 unless the outcome is good.")};
static const dk_argument of_days[] = {
    NUMBER(visitors, DK_U64, NULL, "How many came."),
    NUMBER(average_stay, DK_F64, "day", "How long one stayed.")};
static const dk_argument of_share[] = {
    NUMBER(part, DK_F64, NULL, "A part of the total."),
    NUMBER(total, DK_F64, NULL, "The total."),
    OUT(percent, DK_F64, "percent", "The share; 0 unless the outcome is good.")};
static const dk_argument of_reading[] = {
    DK_ARGUMENT(text, DK_VALUE, DK_STRING, NULL, "Such as 29.75亿元."),
    OUT(amount, DK_I64, "fen", "The amount; 0 unless the outcome is good.")};
static const dk_argument of_writing[] = {
    NUMBER(amount, DK_I64, "fen", "The amount."),
    DK_ARGUMENT_TEXT(text, 64, "Such as 29.75亿元.")};

static const dk_argument change =
    DK_ARGUMENT_STRUCT(change, DK_VALUE, figures_change, change_members, NULL);
static const dk_argument percent =
    NUMBER(percent, DK_F64, "percent", "A year's growth; absent where there is none.");
static const dk_argument days =
    NUMBER(visitor_days, DK_F64, "day", "Absent for a stay that cannot be.");
static const dk_argument outcome =
    DK_ARGUMENT_ENUM(outcome, DK_VALUE, DK_I32, outcomes, "How it went.");
static const dk_argument bytes = NUMBER(bytes, DK_I32, "byte", "The length of the text.");

static const dk_function functions[] = {
    DK_FUNCTION(figures_growth, of_growth, &change, 0xa8150fd3, 0xc1ce256c),
    DK_FUNCTION(figures_average_growth, of_average_growth, &percent, 0x981d9edb,
                0xd5198cd7),
    DK_FUNCTION(figures_income_per_visitor, of_income, &outcome, 0xe4c87039, 0xb6784f0b),
    DK_FUNCTION(figures_visitor_days, of_days, &days, 0x58dfb3b1, 0xb63ae78b),
    DK_FUNCTION(figures_share, of_share, &outcome, 0x3f283a37, 0x79445a69),
    DK_FUNCTION(figures_read_amount, of_reading, &outcome, 0x437c8d29, 0x7ac8e0e9),
    DK_FUNCTION(figures_write_amount, of_writing, &bytes, 0x2eb60f41, 0xba9818a9),
};

#define METHOD(method_name, index, method_doc)                                           \
  {                                                                                      \
    .name = method_name, .doc = method_doc, .role = DK_CUSTOM, .flags = DK_PURE,         \
    .function = &functions[index]                                                        \
  }

static const dk_method methods[] = {
    METHOD("Growth", 0, "Compares a value with that of the period before."),
    METHOD("AverageGrowth", 1, "Gives the yearly growth over several years."),
    METHOD("IncomePerVisitor", 2, "Divides income by visitors."),
    METHOD("VisitorDays", 3, "Gives the days that all visitors stayed together."),
    METHOD("Share", 4, "Gives a part in percent of a total."),
    METHOD("ReadAmount", 5, "Reads an amount of money with 万 and 亿."),
    METHOD("WriteAmount", 6, "Writes an amount of money with 万 and 亿."),
};

#define ID      "org.duikou.figures"
#define VERSION "0.1.0"

static const dk_plugin plugin = {
    .size = sizeof(dk_plugin),
    .abi_built = DK_ABI_MINOR,
    .id = ID,
    .version = VERSION,
    .doc = "Arithmetic of tourism reports: growth, shares, income per visitor, amounts.",
    .methods = methods,
    .method_count = DK_COUNT(methods),
    .method_stride = sizeof(dk_method),
};

DK_NOTE(ID, VERSION);

const dk_plugin *duikou_plugin_v1(const dk_host *host) {
  (void)host;
  return &plugin;
}
