/// Gives back what it was given: every kind of field, as one row and as tables.
#include "plugin.h"

enum { SAMPLE = 0x5a11c0de, COPY = 0x1c0ffee1 };

typedef struct sample {
  dk_row row;
  int32_t small;
  uint32_t count;
  int64_t large;
  uint64_t total;
  double ratio;
  dk_str name;
  dk_str data;
  dk_span place;
  dk_ref other;
  dk_ref anything;
  int32_t mood;
  uint32_t grade;
  int64_t epoch;
  uint32_t code;
  uint32_t reserved;
} sample;

static const dk_value moods[] = {
    {"glum", "Below zero.", -1}, {"calm", NULL, 0}, {"glad", NULL, 7}};
static const dk_value grades[] = {{"first", NULL, 1}, {"second", NULL, 2}};
static const dk_value epochs[] = {{"never", NULL, 0}, {"far", NULL, INT64_C(1) << 40}};

#define FIELDS(own)                                                                      \
  {                                                                                      \
    DK_FIELD(sample, small, 1, DK_I32, "A number."),                                     \
        DK_FIELD(sample, count, 2, DK_U32, "A number."),                                 \
        DK_FIELD_UNIT(sample, large, 3, DK_I64, "fen", "A number with a unit."),         \
        DK_FIELD(sample, total, 4, DK_U64, "A number."),                                 \
        DK_FIELD(sample, ratio, 5, DK_F64, "A number."),                                 \
        DK_FIELD(sample, name, 6, DK_STRING, "A text."),                                 \
        DK_FIELD(sample, data, 7, DK_BYTES, "Bytes."),                                   \
        DK_FIELD(sample, place, 8, DK_SPAN, "A piece of the text."),                     \
        DK_FIELD_REF(sample, other, 9, own, "A row of the same table."),                 \
        DK_FIELD_REF(sample, anything, 10, 0, "A row of any table."),                    \
        DK_FIELD_ENUM(sample, mood, 11, DK_I32, moods, "A named value."),                \
        DK_FIELD_ENUM(sample, grade, 12, DK_U32, grades, "A named value without zero."), \
        DK_FIELD_ENUM(sample, epoch, 13, DK_I64, epochs, "A named value of 64 bits."),   \
        DK_FIELD_KEY(sample, code, 63, DK_U32, "A key.")                                 \
  }

static const dk_field sample_fields[] = FIELDS(SAMPLE);
static const dk_field copy_fields[] = FIELDS(0);

static const dk_type types[] = {
    TYPE("cn.example.copy.sample", SAMPLE, sample, sample_fields),
    TYPE("cn.example.copy.sample_copy", COPY, sample, copy_fields)};

static dk_status copy(void *self, dk_call *call) {
  (void)self;
  const dk_table *table = dk_find(call->image, SAMPLE);
  for (uint32_t i = 0; i < table->row_count; i++) {
    sample *row = call->append(call, COPY, 1, NULL);
    if (!row)
      return DK_RESOURCE_EXHAUSTED;
    *row = *(const sample *)dk_row_at(call->image, table, i);
  }
  return DK_OK;
}

static const dk_use uses[] = {{SAMPLE, sizeof(sample), DK_READ, 0},
                              {COPY, sizeof(sample), DK_WRITE, 0}};
static const dk_method methods[] = {
    METHOD("Copy", DK_PURE, uses, SAMPLE, COPY, copy),
    METHOD("CopyTables", DK_PURE, uses, 0, 0, copy),
    METHOD("CopyEach", DK_PURE | DK_STREAMING, uses, 0, COPY, copy)};

PLUGIN("cn.example.copy", "1.2.3")
