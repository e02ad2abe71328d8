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
}
