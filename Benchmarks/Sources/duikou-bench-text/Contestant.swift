/// Something that looks for terms in a text.
protocol Contestant {
  var name: String { get }

  /// Goes through the text once.
  func run() throws -> Finding
}

/// What one pass over the text found, and how long it took.
struct Finding: Decodable {
  /// Processor time of the thread that searches.
  var seconds: Double
  var bytes: Int
  /// Absent where the tool does something else with the text.
  var matches: Int?
  /// Sum over all matches of their widths in bytes and their values, where the tool gives both.
  var sum: UInt64?

  /// Millions of bytes a second.
  var speed: Double { Double(bytes) / seconds / 1e6 }
}
