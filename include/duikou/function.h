/// Plain C functions as methods: a library that exists is opened to every client by describing its
/// functions, without code around them. The host's runtime calls them through libffi.
///
/// What a function takes becomes one row of the method's request type, what it gives one row of
/// its response type. Both types are made from the arguments, in their order: field 1, 2, …, under
/// the arguments' names; the result comes last in the response.
#ifndef DUIKOU_FUNCTION_H
#define DUIKOU_FUNCTION_H

#include "type.h"

enum { ///< kinds of arguments besides DK_I32 to DK_BYTES
  /// A struct of numbers: its members become fields named "<argument>_<member>", with the argument's
  /// doc and unit where they have none. Passed by value, all of its members are described; one that is
  /// left out where there would be padding without it cannot be seen to be missing.
  DK_STRUCT = 16
};

enum { ///< how an argument is passed
  DK_VALUE =
      0, ///< as it is; text as a const char * that ends with a NUL (text that holds one is
  ///< refused), bytes as a const void * and, as the next argument, a size_t
  DK_POINTER = 1, ///< a pointer to a number or struct that the function reads
  DK_OUT =
      2, ///< a pointer to a zeroed number or struct that it fills; for text a char * with
  ///< room for `size` bytes and, as the next argument, a size_t of that room
  DK_INOUT = 3 ///< a pointer to a number or struct that it reads and changes
};

/// One argument, or the result. A C `int` is DK_I32, a `long` or `int64_t` DK_I64, a `size_t`
/// DK_U64. There is no `float`, `bool`, `char` or `short`: described as another number it gives
/// nonsense, behind a pointer, as a member and as a result too. Describe a function around it:
/// `static int32_t is_up_at(double height) { return is_up((float)height); }`
///
/// A result is a number, a struct, or a `const char *` that is copied at once and not freed; NULL is
/// absent. So is an infinity or NaN that comes back; text that does has to be UTF-8.
typedef struct dk_argument {
  /// lower_snake_case. A field's name is not evidence, document, confidence, flags or run, which every
  /// row has, and no two of a row are the same in JSON: foo_1 and foo1 are.
  const char *name;
  const char *doc; ///< one sentence, or NULL
  const char *unit; ///< as in dk_field
  const dk_value *values; ///< as in dk_field
  const dk_field *members; ///< DK_STRUCT: offsets in the struct; the numbers are not used
  uint32_t kind; ///< DK_I32 and so on, or DK_STRUCT
  uint32_t passing; ///< DK_VALUE and so on; DK_VALUE for a result
  uint32_t size; ///< DK_STRUCT: sizeof; text that goes out: bytes of room, at most 65536
  uint32_t value_count, value_stride;
  uint32_t member_count, member_stride;
  uint32_t reserved;
} dk_argument;

/// A function that a method stands for. A request that leaves a number out is refused, unless 0 has a
/// name among its values: there is no "not stated" in C. Absent text is NULL. Whether the description
/// is true cannot be checked: a wrong one crashes the worker or gives nonsense.
typedef struct dk_function {
  uint32_t size; ///< sizeof(dk_function)
  uint32_t argument_count;
  uint32_t argument_stride; ///< sizeof(dk_argument); `result` is read by it too
  uint32_t request_type, response_type; ///< ids for the two row types, as in dk_type
  uint32_t reserved;
  void (*address)(void);
  const dk_argument *arguments;
  const dk_argument *result; ///< NULL for void
} dk_function;

#define DK_ARGUMENT_SIZE_V1 72u
#define DK_FUNCTION_SIZE_V1 48u
DK_ASSERT(sizeof(dk_argument) == DK_ARGUMENT_SIZE_V1, "argument");
DK_ASSERT(sizeof(dk_function) == DK_FUNCTION_SIZE_V1, "function");

// clang-format off
#define DK_ARGUMENT(name, passing, kind, unit, doc) \
  {#name, doc, unit, NULL, NULL, kind, passing, 0, 0, (uint32_t)sizeof(dk_value), 0, (uint32_t)sizeof(dk_field), 0}
/// The same with names for its values, and for text that goes out, with its room in bytes.
#define DK_ARGUMENT_ENUM(name, passing, kind, values, doc) \
  {#name, doc, NULL, values, NULL, kind, passing, 0, DK_COUNT(values), (uint32_t)sizeof(dk_value), 0, (uint32_t)sizeof(dk_field), 0}
#define DK_ARGUMENT_TEXT(name, room, doc) \
  {#name, doc, NULL, NULL, NULL, DK_STRING, DK_OUT, room, 0, (uint32_t)sizeof(dk_value), 0, (uint32_t)sizeof(dk_field), 0}
/// `DK_ARGUMENT_STRUCT(observer, DK_POINTER, struct ln_lnlat_posn, members, "Where it is seen from.")`
#define DK_ARGUMENT_STRUCT(name, passing, type, members, doc) \
  {#name, doc, NULL, NULL, members, DK_STRUCT, passing, (uint32_t)sizeof(type), 0, (uint32_t)sizeof(dk_value), DK_COUNT(members), (uint32_t)sizeof(dk_field), 0}
#define DK_FUNCTION(function, arguments, result, request_type, response_type) \
  {(uint32_t)sizeof(dk_function), DK_COUNT(arguments), (uint32_t)sizeof(dk_argument), request_type, response_type, 0, (void (*)(void))(function), arguments, result}
// clang-format on

#endif
