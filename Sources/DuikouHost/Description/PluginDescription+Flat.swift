import CDuikou
import DuikouModel

extension PluginDescription {
  /// Reads and checks a flat description, as `dkr_describe` writes it.
  ///
  /// Throws `failedPrecondition` for a plugin that this host is too old for, `invalidArgument` for a
  /// bad description, with a sentence for the plugin's author; `dataLoss` for bytes that are none.
  init(flat bytes: [UInt8]) throws(DuikouError) {
    var reader = FlatReader(bytes)
    _ = try reader.u32()
    let abiBuilt = try reader.u32()
    let abiNeeded = try reader.u32()
    let config = try reader.u32()
    let id = try reader.string() ?? ""
    let versionText = try reader.string() ?? ""
    let summary = try reader.string() ?? ""
    guard abiNeeded <= UInt32(DK_ABI_MINOR) else {
      throw DuikouError(
        .failedPrecondition,
        "it needs ABI minor \(abiNeeded), this host speaks \(DK_ABI_MINOR): "
          + "update the host, or set abi_needed to the lowest minor it can work with")
    }
    let version = try Self.version(of: id, versionText)
    let types = try reader.list { (reader) throws(DuikouError) in
      try TypeDescriptor(reading: &reader)
    }
    let methods = try reader.list { (reader) throws(DuikouError) in
      try MethodDescription(reading: &reader, of: id)
    }
    guard reader.isAtEnd else {
      throw DuikouError(.dataLoss, "the plugin's description goes on behind its end")
    }
    try Self.check(types, of: id)
    try Self.check(methods, of: id)
    _ = try Self.configurationSchema(config, types, of: id)
    self.init(
      id: id, version: version, versionText: versionText, summary: summary, abiBuilt: abiBuilt,
      abiNeeded: abiNeeded, config: config, types: types, methods: methods)
  }

  /// Checks an id and a version, and reads the version. Throws `invalidArgument`.
  static func version(
    of id: String, _ versionText: String
  ) throws(DuikouError) -> SemanticVersion {
    guard isID(id) else {
      throw DuikouError(
        .invalidArgument, "its id is not reverse DNS in lower case, such as cn.example.stays")
    }
    guard !reserved.contains(where: { id.hasPrefix($0) }) else {
      throw DuikouError(.invalidArgument, "the id \(id) is reserved; begin with your own domain")
    }
    for name in [id, versionText] { try check(name, of: id) }
    guard let version = SemanticVersion(versionText) else {
      throw DuikouError(
        .invalidArgument, "\(id): its version is not a semantic version, such as 1.2.0")
    }
    return version
  }

  /// The daemon's own names and those of gRPC and protobuf, which its descriptors stand under.
  private static let reserved = ["duikou.", "grpc.", "google."]

  private static func check(_ types: [TypeDescriptor], of id: String) throws(DuikouError) {
    for type in types {
      guard type.name.hasPrefix(id + ".") else {
        throw DuikouError(
          .invalidArgument, "row type \(type.name) must begin with the plugin's id: \(id).…")
      }
      guard !Schema.reservedIDs.contains(type.id) else {
        throw DuikouError(
          .invalidArgument, "row type \(type.name) has a reserved id; choose one above 0xffff")
      }
    }
  }

  private static func check(_ methods: [MethodDescription], of id: String) throws(DuikouError) {
    guard methods.count <= mostMethods else {
      throw DuikouError(
        .invalidArgument,
        "\(id): it has \(methods.count) methods; at most \(mostMethods) are taken")
    }
    for method in methods { try check(method.name, of: id) }
    var names = Set<String>()
    for method in methods where !names.insert(method.name).inserted {
      throw DuikouError(.invalidArgument, "\(id): two methods are called \(method.name)")
    }
  }

  private static let mostMethods = 64

  /// Names stand in rows, messages and log lines.
  private static func check(_ name: String, of id: String) throws(DuikouError) {
    guard name.utf8.count <= TypeDescriptor.longestName else {
      throw DuikouError(
        .invalidArgument,
        "\(id.prefix(utf8: TypeDescriptor.longestName)): a name or version has \(name.utf8.count) "
          + "bytes; at most \(TypeDescriptor.longestName) are taken")
    }
  }

  /// Whether text is an id as plugins have them: reverse DNS in lower case.
  public static func isID(_ id: String) -> Bool {
    let words = id.split(separator: ".", omittingEmptySubsequences: false)
    return words.count >= 2
      && words.allSatisfy { word in
        guard let first = word.utf8.first, (0x61...0x7a).contains(first) else { return false }
        return word.utf8.allSatisfy {
          (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_")
        }
      }
  }
}
