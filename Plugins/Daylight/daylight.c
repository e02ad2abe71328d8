/// Functions of libnova as methods: days, dates, the sun and angles between places. There is no code
/// here, only what the functions take and give.
#include "duikou.h"

#include <libnova/libnova.h>

#define MEMBER(type, member, kind, unit, doc)                                            \
  DK_FIELD_UNIT(struct type, member, 0, kind, unit, doc)

static const dk_field date[] = {
    MEMBER(ln_date, years, DK_I32, NULL, "Year, -4712 to 999999; 0 is the one before 1."),
    MEMBER(ln_date, months, DK_I32, NULL, "Month, 1 to 12."),
    MEMBER(ln_date, days, DK_I32, NULL, "Day of the month, 1 to 31."),
    MEMBER(ln_date, hours, DK_I32, NULL, "Hour, 0 to 23, in universal time."),
    MEMBER(ln_date, minutes, DK_I32, NULL, "Minute, 0 to 59."),
    MEMBER(ln_date, seconds, DK_F64, "s", "Second, 0 to below 60."),
};

static const dk_field place[] = {
    MEMBER(ln_lnlat_posn, lng, DK_F64, "degree", "Longitude; east is positive."),
    MEMBER(ln_lnlat_posn, lat, DK_F64, "degree", "Latitude; north is positive."),
};

static const dk_field times[] = {
    MEMBER(ln_rst_time, rise, DK_F64, "julian_day", "When it rises next."),
    MEMBER(ln_rst_time, set, DK_F64, "julian_day", "When it sets next."),
    MEMBER(ln_rst_time, transit, DK_F64, "julian_day", "When it is highest next."),
};

static const dk_field star[] = {
    MEMBER(ln_equ_posn, ra, DK_F64, "degree", "Right ascension."),
    MEMBER(ln_equ_posn, dec, DK_F64, "degree", "Declination."),
};

/// The same struct under other names: the formula is the same on the earth as in the sky.
static const dk_field point[] = {
    {.name = "lng",
     .doc = "Longitude.",
     .unit = "degree",
     .offset = offsetof(struct ln_equ_posn, ra),
     .kind = DK_F64},
    {.name = "lat",
     .doc = "Latitude.",
     .unit = "degree",
     .offset = offsetof(struct ln_equ_posn, dec),
     .kind = DK_F64},
};

static const dk_value visibilities[] = {
    {"always_below", "It does not rise within the day; the times are 0.", -1},
    {"rises_and_sets", NULL, 0},
    {"always_above", "It does not set within the day; the times are 0.", 1},
};

static const dk_value weekdays[] = {
    {"sunday", NULL, 0},    {"monday", NULL, 1},   {"tuesday", NULL, 2},
    {"wednesday", NULL, 3}, {"thursday", NULL, 4}, {"friday", NULL, 5},
    {"saturday", NULL, 6},
};

#define MOMENT(doc) DK_ARGUMENT(moment, DK_VALUE, DK_F64, "julian_day", doc)
#define OBSERVER                                                                         \
  DK_ARGUMENT_STRUCT(observer, DK_POINTER, struct ln_lnlat_posn, place,                  \
                     "Where it is seen from.")
#define TIMES                                                                            \
  DK_ARGUMENT_STRUCT(times, DK_OUT, struct ln_rst_time, times, "In universal time.")

static const dk_argument of_date[] = {
    DK_ARGUMENT_STRUCT(date, DK_POINTER, struct ln_date, date, "In universal time.")};
static const dk_argument to_date[] = {
    MOMENT("What to write as a date, of the years -4712 to 999999."),
    DK_ARGUMENT_STRUCT(date, DK_OUT, struct ln_date, date, "In universal time.")};
static const dk_argument of_sun[] = {MOMENT("From when on."), OBSERVER, TIMES};
static const dk_argument of_twilight[] = {
    MOMENT("From when on."), OBSERVER,
    DK_ARGUMENT(
        horizon, DK_VALUE, DK_F64, "degree",
        "How high its middle stands: -6 for civil twilight, -12 for nautical, -18 "
        "for astronomical."),
    TIMES};
static const dk_argument of_stars[] = {
    DK_ARGUMENT_STRUCT(first, DK_POINTER, struct ln_equ_posn, star, "One star."),
    DK_ARGUMENT_STRUCT(second, DK_POINTER, struct ln_equ_posn, star, "The other.")};
static const dk_argument of_points[] = {
    DK_ARGUMENT_STRUCT(from, DK_POINTER, struct ln_equ_posn, point, "One place."),
    DK_ARGUMENT_STRUCT(to, DK_POINTER, struct ln_equ_posn, point, "The other.")};

static const dk_argument julian_day = DK_ARGUMENT(moment, DK_VALUE, DK_F64, "julian_day",
                                                  "Days since noon of -4712-01-01.");
static const dk_argument weekday = DK_ARGUMENT_ENUM(
    weekday, DK_VALUE, DK_U32, weekdays,
    "The day of the week; a number without a name where the year is out of range.");
static const dk_argument visibility = DK_ARGUMENT_ENUM(
    visibility, DK_VALUE, DK_I32, visibilities, "Whether it rises at all.");
static const dk_argument angle =
    DK_ARGUMENT(angle, DK_VALUE, DK_F64, "degree", "The angle between the two.");

static const dk_function functions[] = {
    DK_FUNCTION(ln_get_julian_day, of_date, &julian_day, 0xe4cdd3f1, 0xdb20f890),
    DK_FUNCTION(ln_get_date, to_date, NULL, 0xd9350bdf, 0x69f84f80),
    DK_FUNCTION(ln_get_day_of_week, of_date, &weekday, 0x792fb7a9, 0x546c8758),
    DK_FUNCTION(ln_get_solar_rst, of_sun, &visibility, 0x86e6d7f9, 0xe166b62c),
    DK_FUNCTION(ln_get_solar_rst_horizon, of_twilight, &visibility, 0x80151ca5,
                0x5898b752),
    DK_FUNCTION(ln_get_angular_separation, of_stars, &angle, 0xc7c28deb, 0x6d6002b6),
    DK_FUNCTION(ln_get_angular_separation, of_points, &angle, 0x12d7f0a7, 0x742d01c9),
};

// libnova keeps what it has computed last in static variables.
#define METHOD(method_name, index, method_doc)                                           \
  {                                                                                      \
    .name = method_name, .doc = method_doc, .role = DK_CUSTOM, .flags = DK_PURE,         \
    .concurrency = 1, .function = &functions[index]                                      \
  }

static const dk_method methods[] = {
    METHOD("JulianDay", 0, "Gives a date as a Julian day."),
    METHOD("CalendarDate", 1, "Gives a Julian day as a date."),
    METHOD("Weekday", 2, "Tells on which day of the week a date falls."),
    METHOD("SunTimes", 3, "Tells when the sun rises and sets next."),
    METHOD("TwilightTimes", 4,
           "Tells when the sun next passes a height over the horizon."),
    METHOD("AngularSeparation", 5, "Gives the angle between two stars."),
    METHOD("GreatCircle", 6, "Gives the angle between two places along a great circle."),
};

#define ID      "org.duikou.daylight"
#define VERSION "0.1.0"

static const dk_plugin plugin = {
    .size = sizeof(dk_plugin),
    .abi_built = DK_ABI_MINOR,
    .id = ID,
    .version = VERSION,
    .doc = "Days, the sun's hours, and angles between places, by libnova.",
    .methods = methods,
    .method_count = DK_COUNT(methods),
    .method_stride = sizeof(dk_method),
};

DK_NOTE(ID, VERSION);

const dk_plugin *duikou_plugin_v1(const dk_host *host) {
  (void)host;
  return &plugin;
}
