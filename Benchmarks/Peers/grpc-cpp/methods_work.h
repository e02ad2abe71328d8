/// The work of Sources/BenchPlugin on the messages that the daemon has for it.
#pragma once

#include "methods.pb.h"
#include "work.h"

#include <string_view>

namespace bench {

namespace plugin = ::org::duikou::bench;
namespace rows = ::duikou::v1::rows;

/// Documents in one message of a stream.
constexpr int kDocumentsInMessage = 16;

inline void Set(rows::Span *span, uint32_t offset, uint32_t length) {
  span->set_offset(offset);
  span->set_length(length);
}

/// Adds the records of one document; `text` holds all documents, `number` counts them from 1.
template <typename Response>
void Find(const std::string &text, const rows::Span &document, uint32_t number,
          Response *response) {
  const uint32_t count = std::min<uint32_t>(document.length() / kStep, kRecords);
  for (uint32_t i = 0; i < count; i++) {
    const uint32_t at = document.offset() + i * kStep;
    plugin::Record *record = response->add_record();
    record->set_name(text.data() + at, kNameSize);
    Set(record->mutable_sentence(), at, kStep);
    record->set_amount(1000000 + int64_t{i} * 100);
    record->set_day(17000 + static_cast<int32_t>(i));
    record->set_kind(1 + i % 4);
    Set(record->mutable_evidence(), at, kNameSize);
    record->set_document(number);
    record->set_confidence(900000);
    record->set_flags(kApproximate);
  }
}

/// The part of the text that document `index` has: all of it, where no document is described. One
/// that lies outside is empty.
template <typename Request> rows::Span DocumentAt(const Request &request, int index) {
  rows::Span span;
  const uint64_t size = request.text().size();
  if (request.document_size() == 0) {
    span.set_length(static_cast<uint32_t>(size));
    return span;
  }
  const rows::Span &text = request.document(index).text();
  return uint64_t{text.offset()} + text.length() <= size ? text : span;
}

template <typename Request> int DocumentCount(const Request &request) {
  return std::max(request.document_size(), 1);
}

inline uint64_t Read(const rows::Span &span) {
  return span.offset() + span.length();
}

/// Reads every field of a record and the first byte of its name.
inline uint64_t Read(const plugin::Record &record) {
  return Read(record.evidence()) + record.document() + record.confidence() +
         record.flags() + record.run() + record.name().size() +
         static_cast<uint8_t>(record.name()[0]) + Read(record.sentence()) +
         record.amount() + record.day() + record.kind();
}

/// Reads all records of a message.
template <typename Response> uint64_t ReadAll(const Response &response) {
  uint64_t sum = 0;
  for (const plugin::Record &record : response.record())
    sum += Read(record);
  return sum;
}

} // namespace bench
