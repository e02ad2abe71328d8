import DuikouModel

/// An analysis' records in pieces, each made when it is asked for: all at once could be many times as
/// large as the document.
public struct RecordPages: Sendable {
  private let image: Image
  private let schema: Schema
  /// Those behind the one that is being read.
  private var types: ArraySlice<UInt32>
  private var rows: Slice<Image.Records>?
  private let pageBytes: Int
  /// A record that did not fit into the page before.
  private var waiting: Record?

  init(image: Image, schema: Schema, types: [UInt32], pageBytes: Int) {
    self.image = image
    self.schema = schema
    self.types = types[...]
    self.pageBytes = pageBytes
  }

  /// The next records; empty behind the last. A page ends before the record that would overflow it.
  public mutating func next() -> [Record] {
    var page: [Record] = []
    var size = 0
    while let record = waiting ?? read() {
      size += record.approximateSize
      guard page.isEmpty || size <= pageBytes else {
        waiting = record
        break
      }
      waiting = nil
      page.append(record)
    }
    return page
  }

  private mutating func read() -> Record? {
    while rows?.isEmpty ?? true, let type = types.popFirst() {
      rows = image.records(of: type, schema: schema)[...]
    }
    return rows?.popFirst()
  }
}

extension Record {
  /// Bytes of its texts and names, and some for what stands around them.
  fileprivate var approximateSize: Int {
    let names = type.utf8.count + producer.utf8.count + (evidence?.text.utf8.count ?? 0)
    return fields.reduce(names + 100) {
      $0 + $1.name.utf8.count + $1.value.approximateSize + 20
    }
  }
}

extension Record.Value {
  fileprivate var approximateSize: Int {
    switch self {
    case .string(let text): text.utf8.count
    case .bytes(let bytes): bytes.count
    case .span(let evidence): evidence.text.utf8.count
    case .name(let name, _): name.utf8.count
    case .reference(let type, _): type.utf8.count
    case .int, .uint, .double, .date: 0
    }
  }
}
