/// Descriptors: what a row consists of, as data. From them the host checks rows, prints them and
/// makes protobuf messages, so that every client can read a type that a plugin brings along.
///
/// A row is a struct whose first member is `dk_row row;`. Its fields are 8-byte aligned as a
/// whole, without implicit padding: int32_t, int64_t, uint32_t, uint64_t, double, dk_str,
/// dk_span, dk_ref. No pointers, size_t, bool, enum, bitfield or union.
#ifndef DUIKOU_TYPE_H
#define DUIKOU_TYPE_H

#include "base.h"

enum { ///< kinds of fields
  DK_I32 = 1,
  DK_I64 = 2,
  DK_U32 = 3,
  DK_U64 = 4,
  DK_F64 = 5,
  DK_STRING = 6, ///< dk_str, UTF-8
  DK_BYTES = 7, ///< dk_str, any bytes
  DK_SPAN = 8, ///< dk_span
  DK_REF = 9 ///< dk_ref
};

enum { ///< flags of fields
  DK_KEY = 1 ///< rows of one type with the same key are the same entity
};

/// A named value of an integer field.
typedef struct dk_value {
  const char *name; ///< lower_snake_case
  const char *doc; ///< one sentence, or NULL
  int64_t value;
} dk_value;

typedef struct dk_field {
  const char *name; ///< lower_snake_case
  const char *doc; ///< one sentence, or NULL
  const char *unit; ///< "fen", "day", "byte", "ppm" or the like; NULL for none
  const dk_value *values; ///< names of an integer's values; NULL for none
  uint32_t number; ///< 1 to 63, never used for another meaning again
  uint32_t offset; ///< in the row
  uint32_t kind; ///< DK_I32 and so on
  uint32_t flags; ///< DK_KEY
  uint32_t target; ///< DK_REF: the id of the type it names; 0 for any
  uint32_t value_count;
  uint32_t value_stride;
  uint32_t reserved;
} dk_field;

typedef struct dk_type {
  const char
      *name; ///< "duikou.place"; a plugin's begin with its id: "cn.example.stays.stay"
  const char *doc; ///< one sentence

  /// Chosen once, at random, above 0xffff; what is below is reserved. Two types with one id cannot
  /// be loaded together.
  uint32_t id;
  uint32_t size; ///< sizeof the row, a multiple of 8
  const dk_field *fields; ///< the row header is not listed
  uint32_t field_count, field_stride;
} dk_type;

// clang-format off
#define DK_FIELD_FULL(type, member, number, kind, flags, target, unit, values, count, doc) \
  {#member, doc, unit, values, number, (uint32_t)offsetof(type, member), kind, flags,      \
   target, count, (uint32_t)sizeof(dk_value), 0}

/// `DK_FIELD(stay, nights, 1, DK_U32, "Nights paid for.")` describes `stay.nights`.
#define DK_FIELD(type, member, number, kind, doc) \
  DK_FIELD_FULL(type, member, number, kind, 0, 0, NULL, NULL, 0, doc)
/// The same with a unit, for a key, for a reference, and for named values.
#define DK_FIELD_UNIT(type, member, number, kind, unit, doc) \
  DK_FIELD_FULL(type, member, number, kind, 0, 0, unit, NULL, 0, doc)
#define DK_FIELD_KEY(type, member, number, kind, doc) \
  DK_FIELD_FULL(type, member, number, kind, DK_KEY, 0, NULL, NULL, 0, doc)
#define DK_FIELD_REF(type, member, number, target, doc) \
  DK_FIELD_FULL(type, member, number, DK_REF, 0, target, NULL, NULL, 0, doc)
#define DK_FIELD_ENUM(type, member, number, kind, values, doc) \
  DK_FIELD_FULL(type, member, number, kind, 0, 0, NULL, values, DK_COUNT(values), doc)
// clang-format on
#define DK_COUNT(array) ((uint32_t)(sizeof(array) / sizeof(array)[0]))

DK_ASSERT(sizeof(dk_value) == 2 * sizeof(void *) + 8, "value");
DK_ASSERT(sizeof(dk_field) == 4 * sizeof(void *) + 32, "field");
DK_ASSERT(sizeof(dk_type) == 3 * sizeof(void *) + 16, "type");
DK_ASSERT(sizeof(void *) == 8, "a plugin is a 64-bit library");

#endif
