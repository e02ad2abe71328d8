import DuikouModel
import Foundation

extension Duikou_V1_Record {
  /// A record as it goes over the wire.
  public init(_ record: Record) {
    self.init()
    type = record.type
    index = UInt64(clamping: record.index)
    fields = record.fields.map { field in
      var message = Duikou_V1_Field()
      message.name = field.name
      message.value = Duikou_V1_Value(field.value)
      return message
    }
    if let evidence = record.evidence { self.evidence = Duikou_V1_Evidence(evidence) }
    if let confidence = record.confidence { self.confidence = confidence }
    flags = record.flags
    producer = record.producer
  }
}

extension Duikou_V1_Evidence {
  fileprivate init(_ evidence: Record.Evidence) {
    self.init()
    start = UInt64(clamping: evidence.range.lowerBound)
    end = UInt64(clamping: evidence.range.upperBound)
    text = evidence.text
    if let source = evidence.source { self.source = Duikou_V1_Source(source) }
  }
}

extension Duikou_V1_Source {
  fileprivate init(_ source: Record.Source) {
    self.init()
    part = source.part ?? ""
    page = UInt32(clamping: source.page ?? 0)
    table = UInt32(clamping: source.table ?? 0)
    line = UInt32(clamping: source.line ?? 0)
    column = UInt32(clamping: source.column ?? 0)
  }
}

extension Duikou_V1_Value {
  fileprivate init(_ value: Record.Value) {
    self.init()
    switch value {
    case .int(let value): int = value
    case .uint(let value): uint = value
    case .double(let value): double = value
    case .string(let value): string = value
    case .bytes(let value): bytes = Data(value)
    case .name(let name, let value):
      self.name.name = name
      self.name.value = value
    case .date(let days): date = days
    case .span(let evidence): span = Duikou_V1_Evidence(evidence)
    case .reference(let type, let index):
      reference.type = type
      reference.index = UInt64(clamping: index)
    }
  }
}
