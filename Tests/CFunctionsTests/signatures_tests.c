/// Functions of every shape, called as a client would.
#include "check.h"
#include "harness.h"
#include "tests.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

// Numbers.

static int32_t next_i32(int32_t a) {
  return a + 1;
}

static int64_t next_i64(int64_t a) {
  return a + 1;
}

static uint32_t next_u32(uint32_t a) {
  return a + 1;
}

static uint64_t next_u64(uint64_t a) {
  return a + 1;
}

static double half_of(double a) {
  return a / 2;
}

static double sum_by_pointer(const int32_t *a, const int64_t *b, const uint32_t *c,
                             const uint64_t *d, const double *e) {
  return *a + (double)*b + *c + (double)*d + *e;
}

static void fills(int32_t *a, int64_t *b, uint32_t *c, uint64_t *d, double *e) {
  *a -= 1, *b -= 2, *c += 3, *d += 4, *e += 5.5;
}

static void fills_nothing(int32_t *a, double *b) {
  (void)a, (void)b;
}

/// More numbers of both kinds than there are registers for them.
static double many(int32_t a, double b, int64_t c, double d, uint32_t e, double f,
                   uint64_t g, double h, int32_t i, double j, int64_t k, double l,
                   uint32_t m, double n, uint64_t o, double p, int32_t q, double r,
                   double s, double t) {
  return a + 2 * b + 3 * (double)c + 4 * d + 5 * e + 6 * f + 7 * (double)g + 8 * h +
         9 * i + 10 * j + 11 * (double)k + 12 * l + 13 * m + 14 * n + 15 * (double)o +
         16 * p + 17 * q + 18 * r + 19 * s + 20 * t;
}

static void does_nothing(void) {}

static double not_a_number(double *infinite, double *fine) {
  *infinite = INFINITY;
  *fine = 1.5;
  return NAN;
}

static int32_t sign_of(int32_t a) {
  return (a > 0) - (a < 0);
}

// Text and bytes.

static const char *same_text(const char *text) {
  return text;
}

static uint64_t length_of(const char *text) {
  return text ? strlen(text) : 99;
}

static uint64_t sum_of(const void *bytes, size_t size) {
  const unsigned char *at = bytes;
  uint64_t sum = bytes ? 1000 * size : 99;
  for (size_t i = 0; i < size; i++)
    sum += at[i];
  return sum;
}

static int32_t greets(const char *who, char *to, size_t room) {
  return snprintf(to, room, "你好，%s", who ? who : "");
}

static void fills_the_room(char *to, size_t room) {
  memset(to, 'x', room);
}

static uint64_t mixed_with_sizes(const void *a, size_t a_size, int32_t b, char *c,
                                 size_t room, const void *d, size_t d_size, double e) {
  snprintf(c, room, "%zu", room);
  return sum_of(a, a_size) + (uint64_t)b + sum_of(d, d_size) + (uint64_t)e;
}

static const char *bad_text(int32_t which) {
  static const char *const texts[] = {"\xff", "\xc0\x80", "\xed\xa0\x80", "\xe5\x8c",
                                      "\xf4\x90\x80\x80"};
  return texts[which];
}

static const char *long_text(uint64_t len) {
  static char text[70001];
  memset(text, 'x', 70000);
  text[len] = 0;
  return text;
}

// Structs by value, of all classes that an ABI may tell apart: the argument doubled.

typedef struct ints {
  int32_t a, b;
} ints;
static ints twice_ints(ints s) {
  return (ints){2 * s.a, 2 * s.b};
}

typedef struct three_ints {
  int32_t a, b, c;
} three_ints;
static three_ints twice_three_ints(three_ints s) {
  return (three_ints){2 * s.a, 2 * s.b, 2 * s.c};
}

typedef struct one {
  uint64_t a;
} one;
static one twice_one(one s) {
  return (one){2 * s.a};
}

typedef struct doubles {
  double a, b;
} doubles;
static doubles twice_doubles(doubles s) {
  return (doubles){2 * s.a, 2 * s.b};
}

typedef struct int_double {
  int32_t a;
  double b;
} int_double;
static int_double twice_int_double(int_double s) {
  return (int_double){2 * s.a, 2 * s.b};
}

typedef struct double_int {
  double a;
  int32_t b;
} double_int;
static double_int twice_double_int(double_int s) {
  return (double_int){2 * s.a, 2 * s.b};
}

typedef struct large {
  int64_t a;
  double b;
  uint32_t c;
  int32_t d;
  uint64_t e;
} large;
static large twice_large(large s) {
  return (large){2 * s.a, 2 * s.b, 2 * s.c, 2 * s.d, 2 * s.e};
}

typedef struct vector {
  double v[4];
} vector;
static vector twice_vector(vector s) {
  return (vector){{2 * s.v[0], 2 * s.v[1], 2 * s.v[2], 2 * s.v[3]}};
}

typedef struct wide {
  double v[63];
} wide;
static double sum_of_wide(wide s) {
  double sum = 0;
  for (int i = 0; i < 63; i++)
    sum += (i + 1) * s.v[i];
  return sum;
}

static double mix_structs(ints a, double b, large c, doubles d, int32_t e, one f) {
  return a.a + 2 * a.b + 3 * b + 4 * (double)c.a + 5 * c.b + 6 * d.a + 7 * d.b + 8 * e +
         9 * (double)f.a;
}

/// A struct of which only some members are described.
typedef struct partly {
  int32_t a;
  char unknown[100];
  double b;
} partly;

static double reads_partly(const partly *s) {
  double sum = s->a + s->b;
  for (size_t i = 0; i < sizeof s->unknown; i++)
    sum += s->unknown[i];
  return sum;
}

static int32_t changes_partly(partly *in_out, partly *out) {
  *out = (partly){in_out->a + 1, {0}, in_out->b + 1};
  in_out->a *= 2;
  in_out->b *= 2;
  return out->unknown[0];
}

#define MEMBER(type, member, kind) DK_FIELD(type, member, 0, kind, NULL)

static const dk_field of_ints[] = {MEMBER(ints, a, DK_I32), MEMBER(ints, b, DK_I32)};
static const dk_field of_three_ints[] = {MEMBER(three_ints, a, DK_I32),
                                         MEMBER(three_ints, b, DK_I32),
                                         MEMBER(three_ints, c, DK_I32)};
static const dk_field of_one[] = {MEMBER(one, a, DK_U64)};
static const dk_field of_doubles[] = {MEMBER(doubles, a, DK_F64),
                                      MEMBER(doubles, b, DK_F64)};
static const dk_field of_int_double[] = {MEMBER(int_double, a, DK_I32),
                                         MEMBER(int_double, b, DK_F64)};
/// In another order than they lie in.
static const dk_field of_double_int[] = {MEMBER(double_int, b, DK_I32),
                                         MEMBER(double_int, a, DK_F64)};
static const dk_field of_large[] = {MEMBER(large, a, DK_I64), MEMBER(large, b, DK_F64),
                                    MEMBER(large, c, DK_U32), MEMBER(large, d, DK_I32),
                                    MEMBER(large, e, DK_U64)};
static const dk_field of_partly[] = {MEMBER(partly, a, DK_I32),
                                     MEMBER(partly, b, DK_F64)};
static const dk_field of_vector[] = {
    {.name = "x", .kind = DK_F64, .offset = 0},
    {.name = "y", .kind = DK_F64, .offset = 8},
    {.name = "z", .kind = DK_F64, .offset = 16},
    {.name = "w", .kind = DK_F64, .offset = 24},
};

// What they are called with.

#define ARGUMENT(name, passing, kind) DK_ARGUMENT(name, passing, kind, NULL, NULL)
#define STRUCT(name, passing, type)                                                      \
  DK_ARGUMENT_STRUCT(name, passing, type, of_##type, NULL)
#define ARGUMENTS(name, ...) static const dk_argument name[] = {__VA_ARGS__}

ARGUMENTS(i32, ARGUMENT(a, DK_VALUE, DK_I32));
ARGUMENTS(i64, ARGUMENT(a, DK_VALUE, DK_I64));
ARGUMENTS(u32, ARGUMENT(a, DK_VALUE, DK_U32));
ARGUMENTS(u64, ARGUMENT(a, DK_VALUE, DK_U64));
ARGUMENTS(f64, ARGUMENT(a, DK_VALUE, DK_F64));
ARGUMENTS(text, ARGUMENT(a, DK_VALUE, DK_STRING));
ARGUMENTS(bytes, ARGUMENT(a, DK_VALUE, DK_BYTES));
#define FIVE(passing)                                                                    \
  ARGUMENT(a, passing, DK_I32), ARGUMENT(b, passing, DK_I64),                            \
      ARGUMENT(c, passing, DK_U32), ARGUMENT(d, passing, DK_U64),                        \
      ARGUMENT(e, passing, DK_F64)
ARGUMENTS(five_pointers, FIVE(DK_POINTER));
ARGUMENTS(five_out, FIVE(DK_OUT));
ARGUMENTS(five_in_out, FIVE(DK_INOUT));
ARGUMENTS(nothing_out, ARGUMENT(a, DK_OUT, DK_I32), ARGUMENT(b, DK_OUT, DK_F64));
ARGUMENTS(twenty, ARGUMENT(a, DK_VALUE, DK_I32), ARGUMENT(b, DK_VALUE, DK_F64),
          ARGUMENT(c, DK_VALUE, DK_I64), ARGUMENT(d, DK_VALUE, DK_F64),
          ARGUMENT(e, DK_VALUE, DK_U32), ARGUMENT(f, DK_VALUE, DK_F64),
          ARGUMENT(g, DK_VALUE, DK_U64), ARGUMENT(h, DK_VALUE, DK_F64),
          ARGUMENT(i, DK_VALUE, DK_I32), ARGUMENT(j, DK_VALUE, DK_F64),
          ARGUMENT(k, DK_VALUE, DK_I64), ARGUMENT(l, DK_VALUE, DK_F64),
          ARGUMENT(m, DK_VALUE, DK_U32), ARGUMENT(n, DK_VALUE, DK_F64),
          ARGUMENT(o, DK_VALUE, DK_U64), ARGUMENT(p, DK_VALUE, DK_F64),
          ARGUMENT(q, DK_VALUE, DK_I32), ARGUMENT(r, DK_VALUE, DK_F64),
          ARGUMENT(s, DK_VALUE, DK_F64), ARGUMENT(t, DK_VALUE, DK_F64));
ARGUMENTS(infinite, ARGUMENT(infinite, DK_OUT, DK_F64), ARGUMENT(fine, DK_OUT, DK_F64));
ARGUMENTS(greeting, ARGUMENT(who, DK_VALUE, DK_STRING),
          DK_ARGUMENT_TEXT(to, 20, "The greeting."));
ARGUMENTS(room, DK_ARGUMENT_TEXT(to, 16, NULL));
ARGUMENTS(sizes, ARGUMENT(a, DK_VALUE, DK_BYTES), ARGUMENT(b, DK_VALUE, DK_I32),
          DK_ARGUMENT_TEXT(c, 65536, NULL), ARGUMENT(d, DK_VALUE, DK_BYTES),
          ARGUMENT(e, DK_VALUE, DK_F64));
static const dk_value signs[] = {
    {"negative", NULL, -1}, {"zero", NULL, 0}, {"positive", NULL, 1}};
ARGUMENTS(named, DK_ARGUMENT_ENUM(a, DK_VALUE, DK_I32, signs, "A sign."));
static const dk_value directions[] = {{"down", NULL, -1}, {"up", NULL, 1}};
ARGUMENTS(never_zero, DK_ARGUMENT_ENUM(a, DK_VALUE, DK_I32, directions, "A direction."));
ARGUMENTS(result_named, DK_ARGUMENT_ENUM(result, DK_VALUE, DK_I32, signs, "A sign."));

#define BY_VALUE(type)                                                                   \
  ARGUMENTS(in_##type, STRUCT(s, DK_VALUE, type));                                       \
  ARGUMENTS(result_##type, STRUCT(r, DK_VALUE, type))
BY_VALUE(ints);
BY_VALUE(three_ints);
BY_VALUE(one);
BY_VALUE(doubles);
BY_VALUE(int_double);
BY_VALUE(double_int);
BY_VALUE(large);
BY_VALUE(vector);
ARGUMENTS(mixed, STRUCT(a, DK_VALUE, ints), ARGUMENT(b, DK_VALUE, DK_F64),
          STRUCT(c, DK_VALUE, large), STRUCT(d, DK_VALUE, doubles),
          ARGUMENT(e, DK_VALUE, DK_I32), STRUCT(f, DK_VALUE, one));
ARGUMENTS(in_partly, STRUCT(s, DK_POINTER, partly));
ARGUMENTS(changed, STRUCT(s, DK_INOUT, partly), STRUCT(t, DK_OUT, partly));

#define RESULT(name, kind) ARGUMENTS(name, ARGUMENT(result, DK_VALUE, kind))
RESULT(result_i32, DK_I32);
RESULT(result_i64, DK_I64);
RESULT(result_u32, DK_U32);
RESULT(result_u64, DK_U64);
RESULT(result_f64, DK_F64);
RESULT(result_text, DK_STRING);

enum { TAKES = 0x10001, GIVES = 0x10002 };
#define FUNCTION(name, arguments, result)                                                \
  DK_FUNCTION(name, arguments, result, TAKES, GIVES)

typedef struct signature {
  const char *sentence;
  dk_function function;
  const char *request, *response; ///< or the message, with
  dk_status status;
} signature;

static const signature all[] = {
    {"a 32-bit number", FUNCTION(next_i32, i32, result_i32), "a=-2147483648",
     "result=-2147483647", DK_OK},
    {"a small negative number", FUNCTION(next_i32, i32, result_i32), "a=-2", "result=-1",
     DK_OK},
    {"a 64-bit number", FUNCTION(next_i64, i64, result_i64), "a=-9223372036854775808",
     "result=-9223372036854775807", DK_OK},
    {"a 32-bit number without a sign", FUNCTION(next_u32, u32, result_u32),
     "a=4294967294", "result=4294967295", DK_OK},
    {"a 64-bit number without a sign", FUNCTION(next_u64, u64, result_u64),
     "a=18446744073709551614", "result=18446744073709551615", DK_OK},
    {"a double", FUNCTION(half_of, f64, result_f64), "a=-5", "result=-2.5", DK_OK},
    {"zero is stated", FUNCTION(half_of, f64, result_f64), "a=0", "result=0", DK_OK},
    {"numbers by pointer", FUNCTION(sum_by_pointer, five_pointers, result_f64),
     "a=-1;b=-2;c=10;d=20;e=0.5", "result=27.5", DK_OK},
    {"numbers that go out begin as zeros", FUNCTION(fills, five_out, NULL), "",
     "a=-1;b=-2;c=3;d=4;e=5.5", DK_OK},
    {"numbers that change", FUNCTION(fills, five_in_out, NULL),
     "a=10;b=10;c=10;d=10;e=10", "a=9;b=8;c=13;d=14;e=15.5", DK_OK},
    {"what is not filled is zero", FUNCTION(fills_nothing, nothing_out, NULL), "",
     "a=0;b=0", DK_OK},
    {"more arguments than registers", FUNCTION(many, twenty, result_f64),
     "a=1;b=1;c=1;d=1;e=1;f=1;g=1;h=1;i=1;j=1;k=1;l=1;m=1;n=1;o=1;p=1;q=1;r=1;s=1;t=-1",
     "result=170", DK_OK},
    {"nothing at all",
     {sizeof(dk_function), 0, 0, TAKES, GIVES, 0, does_nothing, NULL, NULL},
     "",
     "",
     DK_OK},
    {"infinity and NaN are absent", FUNCTION(not_a_number, infinite, result_f64), "",
     "fine=1.5", DK_OK},
    {"named values", FUNCTION(sign_of, named, result_named), "a=1", "result=1", DK_OK},
    {"a number that is left out is zero where that has a name",
     FUNCTION(sign_of, named, result_named), "", "result=0", DK_OK},
    {"a number that is left out where it has none",
     FUNCTION(sign_of, never_zero, result_named), "",
     "a is not stated; a C function needs every number", DK_INVALID_ARGUMENT},
    {"another value without a name", FUNCTION(sign_of, never_zero, result_named), "a=-7",
     "result=-1", DK_OK},
    {"a named value that is zero", FUNCTION(sign_of, named, result_named), "a=0",
     "result=0", DK_OK},

    {"text", FUNCTION(same_text, text, result_text), "a=呼和浩特", "result=呼和浩特",
     DK_OK},
    {"text of no length", FUNCTION(same_text, text, result_text), "a=", "result=", DK_OK},
    {"absent text is NULL, and the other way round",
     FUNCTION(same_text, text, result_text), "", "", DK_OK},
    {"the length of text", FUNCTION(length_of, text, result_u64), "a=敖汉旗", "result=9",
     DK_OK},
    {"absent text has none", FUNCTION(length_of, text, result_u64), "", "result=99",
     DK_OK},
    {"bytes", FUNCTION(sum_of, bytes, result_u64), "a=%00%01%ff", "result=3256", DK_OK},
    {"no bytes", FUNCTION(sum_of, bytes, result_u64), "a=", "result=0", DK_OK},
    {"absent bytes are NULL", FUNCTION(sum_of, bytes, result_u64), "", "result=99",
     DK_OK},
    {"text that goes out", FUNCTION(greets, greeting, result_i32), "who=旗",
     "to=你好，旗;result=12", DK_OK},
    {"sizes stand behind text and bytes", FUNCTION(mixed_with_sizes, sizes, result_u64),
     "a=%01;b=5;d=%02%03;e=7", "c=65536;result=3018", DK_OK},

    {"a struct of two ints", FUNCTION(twice_ints, in_ints, result_ints), "s_a=-1;s_b=2",
     "r_a=-2;r_b=4", DK_OK},
    {"a struct of three ints",
     FUNCTION(twice_three_ints, in_three_ints, result_three_ints), "s_a=1;s_b=2;s_c=3",
     "r_a=2;r_b=4;r_c=6", DK_OK},
    {"a struct of one number", FUNCTION(twice_one, in_one, result_one), "s_a=5", "r_a=10",
     DK_OK},
    {"a struct of two doubles", FUNCTION(twice_doubles, in_doubles, result_doubles),
     "s_a=1.5;s_b=-2.5", "r_a=3;r_b=-5", DK_OK},
    {"a struct of an int and a double",
     FUNCTION(twice_int_double, in_int_double, result_int_double), "s_a=3;s_b=0.25",
     "r_a=6;r_b=0.5", DK_OK},
    {"a struct with padding at its end, described in another order",
     FUNCTION(twice_double_int, in_double_int, result_double_int), "s_a=0.25;s_b=3",
     "r_b=6;r_a=0.5", DK_OK},
    {"a struct of 32 bytes, mixed", FUNCTION(twice_large, in_large, result_large),
     "s_a=-1;s_b=2.5;s_c=3;s_d=-4;s_e=5", "r_a=-2;r_b=5;r_c=6;r_d=-8;r_e=10", DK_OK},
    {"a struct with an array", FUNCTION(twice_vector, in_vector, result_vector),
     "s_x=1;s_y=2;s_z=3;s_w=4", "r_x=2;r_y=4;r_z=6;r_w=8", DK_OK},
    {"structs between numbers", FUNCTION(mix_structs, mixed, result_f64),
     "a_a=1;a_b=1;b=1;c_a=1;c_b=1;c_c=9;c_d=9;c_e=9;d_a=1;d_b=1;e=1;f_a=1", "result=45",
     DK_OK},
    {"what is not described of a struct is zero",
     FUNCTION(reads_partly, in_partly, result_f64), "s_a=1;s_b=0.5", "result=1.5", DK_OK},
    {"structs that change and go out", FUNCTION(changes_partly, changed, result_i32),
     "s_a=10;s_b=1.5", "s_a=20;s_b=3;t_a=11;t_b=2.5;result=0", DK_OK},

    {"a number that is not stated", FUNCTION(half_of, f64, result_f64), "",
     "a is not stated; a C function needs every number", DK_INVALID_ARGUMENT},
    {"a member that is not stated", FUNCTION(twice_ints, in_ints, result_ints), "s_a=1",
     "s_b is not stated; a C function needs every number", DK_INVALID_ARGUMENT},
    {"a number that changes and is not stated", FUNCTION(fills, five_in_out, NULL),
     "a=1;b=1;c=1;d=1", "e is not stated; a C function needs every number",
     DK_INVALID_ARGUMENT},
    {"a NUL in text", FUNCTION(length_of, text, result_u64), "a=x%00y",
     "a holds a NUL, which ends text in C; leave it out", DK_INVALID_ARGUMENT},
    {"text that fills its room", FUNCTION(fills_the_room, room, NULL), "",
     "the function gives a text as to that does not end within 16 bytes", DK_DATA_LOSS},
    {"text that is cut in a character", FUNCTION(greets, greeting, result_i32),
     "who=呼和浩特", "the function gives a text as to that is not UTF-8", DK_DATA_LOSS},
};

static const dk_method the_method = {.name = "Case", .doc = "A case."};

/// Adopts a function as the only method of a plugin.
static const dk_plugin *plugin_of(const dk_function *function) {
  static dk_plugin plugin;
  dk_method *method = malloc(sizeof *method);
  if (!method)
    abort();
  *method = the_method;
  method->function = function;
  plugin = (dk_plugin){.size = sizeof(dk_plugin),
                       .id = "cn.example.case",
                       .version = "1.0.0",
                       .methods = method,
                       .method_count = 1,
                       .method_stride = sizeof(dk_method)};
  char message[DKR_MESSAGE_MAX];
  const dk_plugin *adopted = adopt(&plugin, message);
  if (!adopted)
    fprintf(stderr, "  %s\n", message);
  free(method);
  return adopted;
}

static void check_answer(const dk_function *function, const char *request,
                         dk_status status, const char *expected) {
  const dk_plugin *plugin = plugin_of(function);
  CHECK(plugin != NULL);
  if (!plugin)
    return;
  answer a = ask(plugin, "Case", request);
  CHECK(a.status == status && strcmp(a.text, expected) == 0);
  if (a.status != status || strcmp(a.text, expected) != 0)
    fprintf(stderr, "  %d: %s\n", a.status, a.text);
}

static void signatures(void) {
  for (uint32_t i = 0; i < DK_COUNT(all); i++) {
    CASE(all[i].sentence);
    check_answer(&all[i].function, all[i].request, all[i].status, all[i].response);
  }
}

static void widest(void) {
  CASE("a struct of 63 doubles by value");
  static char names[63][16];
  static dk_field members[63];
  char request[1024] = "";
  for (uint32_t i = 0; i < 63; i++) {
    snprintf(names[i], sizeof names[i], "m%u", i);
    members[i] = (dk_field){.name = names[i], .offset = 8 * i, .kind = DK_F64};
    snprintf(request + strlen(request), 16, "s_m%u=1;", i);
  }
  const dk_argument arguments[] = {
      DK_ARGUMENT_STRUCT(s, DK_VALUE, wide, members, "Many.")};
  const dk_function function = FUNCTION(sum_of_wide, arguments, result_f64);
  check_answer(&function, request, DK_OK, "result=2016");
}

static void texts(void) {
  RESULT(result, DK_STRING);
  const dk_function bad = FUNCTION(bad_text, i32, result);
  for (int i = 0; i < 5; i++) {
    CASE("text that is not UTF-8");
    char request[16];
    snprintf(request, sizeof request, "a=%d", i);
    check_answer(&bad, request, DK_DATA_LOSS,
                 "the function gives a text as result that is not UTF-8");
  }
  const dk_function lengthy = FUNCTION(long_text, u64, result);
  CASE("text that is too long");
  check_answer(
      &lengthy, "a=65537", DK_DATA_LOSS,
      "the function gives a text as result that does not end within 65537 bytes");
  CASE("the longest text");
  const dk_plugin *plugin = plugin_of(&lengthy);
  CHECK(plugin && ask(plugin, "Case", "a=65536").status == DK_OK);
}

static void rows(void) {
  const dk_function function = FUNCTION(half_of, f64, result_f64);
  const dk_plugin *plugin = plugin_of(&function);
  dkr_context *context = new_context();
  for (uint32_t count = 0; plugin && count < 3; count += 2) {
    CASE("a request that is not one row");
    answer a = call_with(context, plugin, "Case", "a=1", count);
    CHECK(a.status == DK_INVALID_ARGUMENT);
    CHECK(strstr(a.text, count
                             ? "has 2 rows of cn.example.case.case_request; one is needed"
                             : "has 0 rows of"));
  }
  dkr_context_destroy(context);
}

static void *call_often(void *plugin) {
  dkr_context *context = new_context();
  uintptr_t wrong = 0;
  for (int i = 0; i < 2000; i++) {
    char request[32], expected[32];
    snprintf(request, sizeof request, "a=%d", 2 * i);
    snprintf(expected, sizeof expected, "result=%d", i);
    answer a = call_with(context, plugin, "Case", request, 1);
    wrong += a.status != DK_OK || strcmp(a.text, expected) != 0;
  }
  dkr_context_destroy(context);
  return (void *)wrong;
}

static void threads(void) {
  CASE("one function on many threads");
  const dk_function function = FUNCTION(half_of, f64, result_f64);
  const dk_plugin *plugin = plugin_of(&function);
  pthread_t all_threads[4];
  for (int i = 0; i < 4; i++)
    CHECK(pthread_create(&all_threads[i], NULL, call_often, (void *)(uintptr_t)plugin) ==
          0);
  for (int i = 0; i < 4; i++) {
    void *wrong;
    CHECK(pthread_join(all_threads[i], &wrong) == 0 && wrong == NULL);
  }
}

counts test_signatures(void) {
  signatures();
  widest();
  texts();
  rows();
  threads();
  return (counts){passed, failed};
}
