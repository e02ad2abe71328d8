import DuikouModel

/// What a plugin offers, as far as messages go: what services and messages are made from.
public struct ServiceShape: Sendable, Hashable {
  /// One method.
  public struct Method: Sendable, Hashable {
    /// UpperCamelCase.
    public var name: String
    public var documentation: String
    /// Ids of the row types that it reads and writes, in the order in which it declares them.
    public var reads: [UInt32]
    public var writes: [UInt32]
    /// Whether it reads every table there is.
    public var readsAll: Bool
    /// The row type that a request is one row of; 0: a request holds tables.
    public var request: UInt32
    /// The same for responses; a streaming method sends a message for each row.
    public var response: UInt32
    public var isStreaming: Bool

    public init(
      name: String, documentation: String = "", reads: [UInt32] = [], writes: [UInt32] = [],
      readsAll: Bool = false, request: UInt32 = 0, response: UInt32 = 0, isStreaming: Bool = false
    ) {
      self.name = name
      self.documentation = documentation
      self.reads = reads
      self.writes = writes
      self.readsAll = readsAll
      self.request = request
      self.response = response
      self.isStreaming = isStreaming
    }
  }

  /// The plugin's id, under which its names live.
  public var id: String
  public var documentation: String
  /// The row types that it brings along.
  public var types: [TypeDescriptor]
  public var methods: [Method]

  public init(
    id: String, documentation: String = "", types: [TypeDescriptor] = [], methods: [Method] = []
  ) {
    self.id = id
    self.documentation = documentation
    self.types = types
    self.methods = methods
  }
}
