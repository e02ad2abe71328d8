import DuikouModel

/// One method of a plugin, copied from its `dk_method` and checked.
public struct MethodDescription: Sendable, Hashable {
  /// The roles of methods, with the numbers of `duikou/plugin.h`.
  public enum Role: UInt32, Sendable, Hashable, CaseIterable {
    case custom = 0
    case extractor = 1
    case analyzer = 2
    case report = 3
    case reader = 4
  }

  /// A row type that the method touches.
  public struct Use: Sendable, Hashable {
    public var type: UInt32
    /// Bytes of a row as the plugin's author knows it.
    public var rowSize: Int
    /// The method cannot run without the table.
    public var isRequired: Bool
    /// The method reads the table where there is one.
    public var reads: Bool
    public var writes: Bool

    public init(type: UInt32, rowSize: Int, isRequired: Bool, reads: Bool, writes: Bool) {
      self.type = type
      self.rowSize = rowSize
      self.isRequired = isRequired
      self.reads = reads
      self.writes = writes
    }
  }

  public var name: String
  public var summary: String
  /// What a report writes or a reader takes; empty otherwise.
  public var media: String
  public var role: Role
  public var isPure: Bool
  public var isStreaming: Bool
  /// Whether it may be given an image with many documents.
  public var isBatched: Bool
  /// How many calls may run at once; 0 for any number.
  public var concurrency: Int
  public var uses: [Use]
  /// The row type that a client's request is one row of; 0: a request holds tables.
  public var request: UInt32
  /// The same for responses.
  public var response: UInt32
  /// Whether it reads every table there is.
  public var readsAll: Bool

  public init(
    name: String, summary: String = "", media: String = "", role: Role, isPure: Bool = true,
    isStreaming: Bool = false, isBatched: Bool = false, concurrency: Int = 0, uses: [Use] = [],
    readsAll: Bool = false,
    request: UInt32 = 0, response: UInt32 = 0
  ) {
    self.name = name
    self.summary = summary
    self.media = media
    self.role = role
    self.isPure = isPure
    self.isStreaming = isStreaming
    self.isBatched = isBatched
    self.concurrency = concurrency
    self.uses = uses
    self.readsAll = readsAll
    self.request = request
    self.response = response
  }

  /// By row type that it writes: bytes of a row as the plugin's author knows it.
  var writtenRowSizes: [UInt32: Int] {
    Dictionary(uses.filter(\.writes).map { ($0.type, $0.rowSize) }) { first, _ in first }
  }

  /// A report's format: its name in lower case.
  public var format: String { name.lowercased() }
}
