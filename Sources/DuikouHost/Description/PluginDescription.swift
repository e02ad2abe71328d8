import DuikouModel

/// What a plugin says of itself, copied from its `dk_plugin` and checked.
public struct PluginDescription: Sendable, Hashable {
  /// Reverse DNS, such as `cn.example.stays`.
  public var id: String
  public var version: SemanticVersion
  /// The version as the plugin writes it.
  public var versionText: String
  public var summary: String
  /// The minor of the headers it was built with.
  public var abiBuilt: UInt32
  /// The lowest minor it works with.
  public var abiNeeded: UInt32
  /// The id of the row type of its configuration; 0 for none.
  public var config: UInt32
  public var types: [TypeDescriptor]
  public var methods: [MethodDescription]

  public init(
    id: String, version: SemanticVersion, versionText: String, summary: String = "",
    abiBuilt: UInt32 = 0, abiNeeded: UInt32 = 0, config: UInt32 = 0,
    types: [TypeDescriptor] = [], methods: [MethodDescription] = []
  ) {
    self.id = id
    self.version = version
    self.versionText = versionText
    self.summary = summary
    self.abiBuilt = abiBuilt
    self.abiNeeded = abiNeeded
    self.config = config
    self.types = types
    self.methods = methods
  }
}
