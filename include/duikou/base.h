/// Scalars, status codes and the three ways in which a row points at something.
#ifndef DUIKOU_BASE_H
#define DUIKOU_BASE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#define DK_EXTERN_C extern "C"
#define DK_ASSERT   static_assert
#elif defined(__STDC_VERSION__) && __STDC_VERSION__ >= 201112L
#define DK_EXTERN_C
#define DK_ASSERT _Static_assert
#else
#define DK_EXTERN_C
#define DK_ASSERT_CAT_(a, b) a##b
#define DK_ASSERT_CAT(a, b)  DK_ASSERT_CAT_(a, b)
#define DK_ASSERT(condition, text)                                                       \
  extern const char DK_ASSERT_CAT(dk_assert_, __LINE__)[(condition) ? 1 : -1]
#endif

/// Marks the entry symbol; everything else in a plugin should be built with
/// `-fvisibility=hidden`.
#if defined(__GNUC__)
#define DK_EXPORT DK_EXTERN_C __attribute__((visibility("default")))
#else
#define DK_EXPORT DK_EXTERN_C
#endif

/// The ABI's minor: raised by every addition to these headers.
#define DK_ABI_MINOR 0

/// gRPC's status codes, with their meaning there.
enum {
  DK_OK = 0,
  DK_CANCELLED = 1,
  DK_UNKNOWN = 2,
  DK_INVALID_ARGUMENT = 3,
  DK_DEADLINE_EXCEEDED = 4,
  DK_NOT_FOUND = 5,
  DK_ALREADY_EXISTS = 6,
  DK_PERMISSION_DENIED = 7,
  DK_RESOURCE_EXHAUSTED = 8,
  DK_FAILED_PRECONDITION = 9,
  DK_ABORTED = 10,
  DK_OUT_OF_RANGE = 11,
  DK_UNIMPLEMENTED = 12,
  DK_INTERNAL = 13,
  DK_UNAVAILABLE = 14,
  DK_DATA_LOSS = 15,
  DK_UNAUTHENTICATED = 16
};
typedef int32_t dk_status;

/// Text or bytes in the image's string pool. `off` 0 means absent; an empty string has an
/// offset and length 0. Not terminated by a NUL. Only `duikou.content` may have more than 65536
/// bytes in one.
typedef struct dk_str {
  uint32_t off, len;
} dk_str;

/// A piece of the image's text section, on UTF-8 boundaries. `len` 0 means absent.
typedef struct dk_span {
  uint32_t off, len;
} dk_span;

/// A row of a table: the id of its type and its index + 1. `row` 0 means absent.
typedef struct dk_ref {
  uint32_t type, row;
} dk_ref;

/// What every row starts with.
typedef struct dk_row {
  uint64_t has; ///< bit n: the number in field n is stated; see DK_HAS
  dk_span evidence; ///< where in the text it was read; absent for a row without a place
  uint32_t document; ///< index + 1 of its row in `duikou.document`; 0: its evidence's
  uint32_t confidence; ///< parts per million, at most 1000000; 0 means "not stated"
  uint32_t flags; ///< DK_ELIDED and so on
  uint32_t run; ///< index + 1 of its row in `duikou.run`; the host fills it in
} dk_row;

/// Flags of a row: how its statement differs from a plain one.
enum {
  DK_ELIDED = 1, ///< left out in the text, taken from its neighbour
  DK_COREFERENT = 2, ///< named by a word such as 全区, 该旗
  DK_GENERIC = 4, ///< a group without a name
  DK_DISTRIBUTIVE = 8, ///< 各: holds for each
  DK_DELTA = 16, ///< 增加: a change, not a total
  DK_APPROXIMATE = 32, ///< 近, 余, 约
  DK_INFERRED = 64, ///< from the context, such as the year of 7月4日
  DK_QUOTED = 128 ///< in somebody's words
};

/// Whether field `number` of a row is stated, and how to state it: 0 元 is not "not stated".
/// Only numbers need a bit: a string, span or reference is absent when it is zero, and so are a key and a value with a name.
#define DK_BIT(number)              (UINT64_C(1) << (number))
#define DK_HAS(row_pointer, number) (((row_pointer)->row.has & DK_BIT(number)) != 0)

DK_ASSERT(sizeof(dk_str) == 8 && sizeof(dk_span) == 8 && sizeof(dk_ref) == 8, "pointers");
DK_ASSERT(sizeof(dk_row) == 32, "row header");
DK_ASSERT(offsetof(dk_row, evidence) == 8 && offsetof(dk_row, document) == 16 &&
              offsetof(dk_row, confidence) == 20 && offsetof(dk_row, flags) == 24 &&
              offsetof(dk_row, run) == 28,
          "row header");

#endif
