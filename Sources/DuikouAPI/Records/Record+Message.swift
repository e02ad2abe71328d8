import DuikouModel

extension Record {
  /// A record as it came over the wire.
  public init(_ message: Duikou_V1_Record) {
    self.init(
      type: message.type, index: Int(clamping: message.index), document: 0,
      fields: message.fields.compactMap { field in
        Value(field.value).map { Field(name: field.name, value: $0) }
      },
      evidence: message.hasEvidence ? Evidence(message.evidence) : nil,
      confidence: message.hasConfidence ? message.confidence : nil, flags: message.flags,
      producer: message.producer)
  }
}

extension Record.Evidence {
  fileprivate init(_ message: Duikou_V1_Evidence) {
    let start = Int(clamping: message.start)
    self.init(
      range: start..<max(start, Int(clamping: message.end)), text: message.text,
      source: message.hasSource ? Record.Source(message.source) : nil)
  }
}

extension Record.Source {
  fileprivate init(_ message: Duikou_V1_Source) {
    func number(_ value: UInt32) -> Int? { value == 0 ? nil : Int(value) }
    self.init(
      part: message.part.isEmpty ? nil : message.part, page: number(message.page),
      table: number(message.table), line: number(message.line), column: number(message.column))
  }
}

extension Record.Value {
  fileprivate init?(_ message: Duikou_V1_Value) {
    switch message.kind {
    case .int(let value): self = .int(value)
    case .uint(let value): self = .uint(value)
    case .double(let value): self = .double(value)
    case .string(let value): self = .string(value)
    case .bytes(let value): self = .bytes(Array(value))
    case .name(let value): self = .name(value.name, value.value)
    case .date(let value): self = .date(value)
    case .span(let value): self = .span(Record.Evidence(value))
    case .reference(let value):
      self = .reference(type: value.type, index: Int(clamping: value.index))
    case nil: return nil
    }
  }
}
