import CDuikou

/// What every row starts with, as fields of its message: behind the numbers that row types may use.
enum RowHeaderField: UInt32, CaseIterable {
  case evidence = 64
  case document = 65
  case confidence = 66
  case flags = 67
  case run = 68

  var name: String { "\(self)" }

  /// Bytes from the row's start.
  var offset: Int {
    switch self {
    case .evidence: MemoryLayout<dk_row>.offset(of: \.evidence) ?? 0
    case .document: MemoryLayout<dk_row>.offset(of: \.document) ?? 0
    case .confidence: MemoryLayout<dk_row>.offset(of: \.confidence) ?? 0
    case .flags: MemoryLayout<dk_row>.offset(of: \.flags) ?? 0
    case .run: MemoryLayout<dk_row>.offset(of: \.run) ?? 0
    }
  }

  var documentation: String {
    switch self {
    case .evidence: "Where in the text it was read."
    case .document: "Its document, counted from 1; 0 for the only one."
    case .confidence: "Parts per million; 0 for not stated."
    case .flags: "How its statement differs from a plain one: DK_ELIDED and so on."
    case .run: "The run that found it, counted from 1."
    }
  }
}
