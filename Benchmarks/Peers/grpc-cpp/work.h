/// The work of bench_work.h on protobuf's objects.
#pragma once

#include "bench.pb.h"

#include <algorithm>

namespace bench {

constexpr size_t kStep = 51;
constexpr size_t kNameSize = 24;
constexpr size_t kRecords = 200;

/// What the bits of the three numbers and DK_APPROXIMATE are there.
constexpr uint64_t kHas = 56;
constexpr uint32_t kApproximate = 32;

inline void Write(Record *record, const std::string &text, uint32_t index) {
  const uint32_t at = index * kStep;
  record->set_has(kHas);
  record->set_evidence_offset(at);
  record->set_evidence_length(kNameSize);
  record->set_document(1);
  record->set_confidence(900000);
  record->set_flags(kApproximate);
  record->set_name(text.data() + at, kNameSize);
  record->set_sentence_offset(at);
  record->set_sentence_length(kStep);
  record->set_amount(1000000 + int64_t{index} * 100);
  record->set_day(17000 + static_cast<int32_t>(index));
  record->set_kind(1 + index % 4);
}

inline void Fill(const std::string &text, Records *records) {
  const uint32_t count = std::min(text.size() / kStep, kRecords);
  records->mutable_records()->Reserve(count);
  for (uint32_t i = 0; i < count; i++)
    Write(records->add_records(), text, i);
}

inline uint64_t Read(const Record &record) {
  return record.has() + record.evidence_offset() + record.evidence_length() +
         record.document() + record.confidence() + record.flags() + record.run() +
         record.name().size() + static_cast<uint8_t>(record.name()[0]) +
         record.sentence_offset() + record.sentence_length() + record.amount() +
         record.day() + record.kind();
}

/// A record as one struct, as Duikou's rows are; the name lies in a string with all names.
struct Row {
  uint64_t has;
  uint32_t evidence_offset, evidence_length, document, confidence, flags, run;
  uint32_t name_offset, name_length, sentence_offset, sentence_length;
  int64_t amount;
  int32_t day;
  uint32_t kind;
};

/// Copies all fields of an object.
inline Row ToRow(const Record &record, std::string *names) {
  const Row row = {record.has(),
                   record.evidence_offset(),
                   record.evidence_length(),
                   record.document(),
                   record.confidence(),
                   record.flags(),
                   record.run(),
                   static_cast<uint32_t>(names->size()),
                   static_cast<uint32_t>(record.name().size()),
                   record.sentence_offset(),
                   record.sentence_length(),
                   record.amount(),
                   record.day(),
                   record.kind()};
  names->append(record.name());
  return row;
}

/// Sets all fields of an object.
inline void FromRow(const Row &row, const std::string &names, Record *record) {
  record->set_has(row.has);
  record->set_evidence_offset(row.evidence_offset);
  record->set_evidence_length(row.evidence_length);
  record->set_document(row.document);
  record->set_confidence(row.confidence);
  record->set_flags(row.flags);
  record->set_run(row.run);
  record->set_name(names.data() + row.name_offset, row.name_length);
  record->set_sentence_offset(row.sentence_offset);
  record->set_sentence_length(row.sentence_length);
  record->set_amount(row.amount);
  record->set_day(row.day);
  record->set_kind(row.kind);
}

} // namespace bench
