/// The work that every path does, so that only the crossing differs: 10 KiB of Chinese in, 200
/// records of 64 bytes out, each with a name copied from the text. The peers do the same in C++
/// and Go.
#ifndef BENCH_WORK_H
#define BENCH_WORK_H

#include <duikou.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
  BENCH_TEXT_SIZE =
      10240, ///< bytes of the text; all its characters have three, except the last
  BENCH_RECORDS = 200, ///< records found in one text
  BENCH_STEP = 51,     ///< bytes from one record's sentence to the next
  BENCH_NAME_SIZE = 24 ///< bytes of a record's name
};

/// What is found: the row header and 32 bytes of the usual kinds of fields.
typedef struct bench_record {
  dk_row row;
  dk_str name;      ///< 1
  dk_span sentence; ///< 2
  int64_t amount;   ///< 3: fen
  int32_t day;      ///< 4
  uint32_t kind;    ///< 5
} bench_record;

DK_ASSERT(sizeof(bench_record) == 64, "a record has 64 bytes");

/// Row type of `bench_record`, chosen at random.
#define BENCH_RECORD_TYPE 0x6b1f20d4u

/// Order of the plugin's methods.
enum {
  BENCH_EMPTY = 0,
  BENCH_DOCUMENT = 1,
  BENCH_APPEND = 2,
  BENCH_CRASH = 3,
  BENCH_DOCUMENTS = 4
};

/// Documents whose records the method BENCH_DOCUMENTS hands over at once.
enum { BENCH_FLUSHED = 16 };

/// Rows that the method BENCH_APPEND appends in one call.
enum { BENCH_APPENDED = 4096 };

/// Fills record `index` of the text that begins at byte `start` of the text section.
static inline void bench_write(bench_record *record, uint32_t start, uint32_t index,
                               uint32_t document, dk_str name) {
  uint32_t at = start + index * BENCH_STEP;
  record->row.has = DK_BIT(3) | DK_BIT(4) | DK_BIT(5);
  record->row.evidence = (dk_span){at, BENCH_NAME_SIZE};
  record->row.document = document;
  record->row.confidence = 900000;
  record->row.flags = DK_APPROXIMATE;
  record->name = name;
  record->sentence = (dk_span){at, BENCH_STEP};
  record->amount = 1000000 + (int64_t)index * 100;
  record->day = 17000 + (int32_t)index;
  record->kind = 1 + index % 4;
}

/// Reads every field of a record and the first byte of its name.
static inline uint64_t bench_read(const bench_record *record, const char *name) {
  const dk_row *row = &record->row;
  return row->has + row->evidence.off + row->evidence.len + row->document +
         row->confidence + row->flags + record->name.len + (uint8_t)name[0] +
         record->sentence.off + record->sentence.len + (uint64_t)record->amount +
         (uint64_t)record->day + record->kind;
}

/// The whole work without any host: writes the records to `records` and the names one behind
/// another to `pool`. The plugin's library exports it as `bench_fill`.
typedef uint32_t (*bench_fill_function)(const char *text, uint32_t size,
                                        bench_record *records, char *pool);

static inline uint32_t bench_fill_inline(const char *text, uint32_t size,
                                         bench_record *records, char *pool) {
  uint32_t count = size / BENCH_STEP < BENCH_RECORDS ? size / BENCH_STEP : BENCH_RECORDS;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t off = i * BENCH_NAME_SIZE;
    memcpy(pool + off, text + i * BENCH_STEP, BENCH_NAME_SIZE);
    bench_write(&records[i], 0, i, 1, (dk_str){off, BENCH_NAME_SIZE});
  }
  return count;
}

#ifdef __cplusplus
}
#endif

#endif
