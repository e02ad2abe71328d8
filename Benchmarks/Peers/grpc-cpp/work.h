/// The work of bench_work.h on protobuf's objects.
#pragma once

#include "bench.pb.h"

#include <algorithm>

namespace bench {

constexpr size_t kStep = 51;
constexpr size_t kNameSize = 24;
constexpr size_t kRecords = 200;

/// What DK_BIT(3) | DK_BIT(4) and DK_APPROXIMATE are there.
constexpr uint64_t kHas = 24;
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

} // namespace bench
