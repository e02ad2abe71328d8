/// A row as something to print or to send: its fields by name, with their values read.
public struct Record: Sendable, Hashable {
  /// Where in a document a record was read.
  public struct Evidence: Sendable, Hashable {
    /// Bytes of UTF-8 from the document's start, end exclusive.
    public var range: Range<Int>
    /// What stands there; of more than `longestText` bytes, the beginning.
    public var text: String
    /// Where that was in the file: of plain text, its line.
    public var source: Source?

    /// Bytes of the longest quote: some pages of Chinese. Many rows may have the same evidence.
    public static let longestText = 4096

    public init(range: Range<Int>, text: String, source: Source? = nil) {
      self.range = range
      self.text = text
      self.source = source
    }
  }

  /// A place in a file. All numbers count from 1; nil where the format has none.
  public struct Source: Sendable, Hashable {
    /// Such as a sheet's name.
    public var part: String?
    /// Page or sheet.
    public var page: Int?
    /// Table of the page, and its row and column; the line of a file of lines.
    public var table, line, column: Int?

    public init(
      part: String? = nil, page: Int? = nil, table: Int? = nil, line: Int? = nil, column: Int? = nil
    ) {
      self.part = part
      self.page = page
      self.table = table
      self.line = line
      self.column = column
    }
  }

  public struct Field: Sendable, Hashable {
    public var name: String
    public var value: Value

    public init(name: String, value: Value) {
      self.name = name
      self.value = value
    }
  }

  public enum Value: Sendable, Hashable {
    case int(Int64)
    case uint(UInt64)
    case double(Double)
    case string(String)
    case bytes([UInt8])
    /// A named value of an integer field, such as `county`.
    case name(String, Int64)
    /// Days since 1970-01-01.
    case date(Int32)
    case span(Evidence)
    /// A row of a type, by its index from 0.
    case reference(type: String, index: Int)
  }

  /// The full name of its type, such as `duikou.place`.
  public var type: String
  /// Its row's index in the table, from 0: what references name.
  public var index: Int
  /// The document's index in the image, from 0.
  public var document: Int
  /// Only what is stated.
  public var fields: [Field]
  public var evidence: Evidence?
  /// From 0 to 1; nil where it is not stated.
  public var confidence: Double?
  /// `elided`, `inferred` and so on.
  public var flags: [String]
  /// The plugin that found it, with its version, such as `org.duikou.places 0.1.0`; empty for
  /// the host's own rows.
  public var producer: String

  public init(
    type: String, index: Int, document: Int, fields: [Field], evidence: Evidence?,
    confidence: Double?, flags: [String], producer: String
  ) {
    self.type = type
    self.index = index
    self.document = document
    self.fields = fields
    self.evidence = evidence
    self.confidence = confidence
    self.flags = flags
    self.producer = producer
  }

  /// The value of a field, or nil where it is not stated.
  public subscript(field: String) -> Value? {
    fields.first { $0.name == field }?.value
  }
}

extension Record.Value: CustomStringConvertible {
  public var description: String {
    switch self {
    case .int(let value): "\(value)"
    case .uint(let value): "\(value)"
    case .double(let value): "\(value)"
    case .string(let value): value
    case .bytes(let value): "\(value.count) bytes"
    case .name(let name, _): name
    case .date(let days): CivilDate(days: Int(days)).description
    case .span(let evidence): evidence.text
    case .reference(let type, let index):
      "\(type.split(separator: ".").last ?? "")#\(index)"
    }
  }
}
