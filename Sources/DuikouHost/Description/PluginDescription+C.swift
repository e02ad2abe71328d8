import CDuikou
import DuikouModel

extension PluginDescription {
  /// Copies and checks what a plugin's entry returned.
  ///
  /// The memory must be readable; nothing else is assumed. Throws `failedPrecondition` for a
  /// plugin that this host is too old for, `invalidArgument` for a bad description, with a
  /// sentence for the plugin's author.
  init(reading pointer: UnsafeRawPointer) throws(DuikouError) {
    let size = pointer.load(as: UInt32.self)
    guard size >= DK_PLUGIN_SIZE_V1, size % 8 == 0, size <= 1 << 16 else {
      throw DuikouError(
        .invalidArgument, "its dk_plugin has a size of \(size) bytes; set it to sizeof(dk_plugin)")
    }
    let plugin: dk_plugin = readPrefix(pointer, size: Int(size))
    guard plugin.abi_needed <= DK_ABI_MINOR else {
      throw DuikouError(
        .failedPrecondition,
        "it needs ABI minor \(plugin.abi_needed), this host speaks \(DK_ABI_MINOR): "
          + "update the host, or set abi_needed to the lowest minor it can work with")
    }
    guard let id = string(plugin.id), Self.isID(id) else {
      throw DuikouError(
        .invalidArgument, "its id is not reverse DNS in lower case, such as cn.example.stays")
    }
    guard id != "duikou", !id.hasPrefix("duikou.") else {
      throw DuikouError(.invalidArgument, "the id \(id) is reserved; begin with your own domain")
    }
    guard let versionText = string(plugin.version), let version = SemanticVersion(versionText)
    else {
      throw DuikouError(
        .invalidArgument, "\(id): its version is not a semantic version, such as 1.2.0")
    }
    self.init(
      id: id, version: version, versionText: versionText, summary: string(plugin.doc) ?? "",
      abiBuilt: plugin.abi_built, abiNeeded: plugin.abi_needed, config: plugin.config,
      types: try Self.types(of: plugin, id: id), methods: try Self.methods(of: plugin, id: id))
  }

  private static func types(
    of plugin: dk_plugin, id: String
  ) throws(DuikouError) -> [TypeDescriptor] {
    let elements = try ElementList(
      plugin.types, count: plugin.type_count, stride: plugin.type_stride, least: DK_TYPE_SIZE_V1,
      name: "\(id): its row types")
    var types: [TypeDescriptor] = []
    for at in elements.pointers {
      let type = try TypeDescriptor(reading: at, stride: elements.stride)
      guard type.name.hasPrefix(id + ".") else {
        throw DuikouError(
          .invalidArgument, "row type \(type.name) must begin with the plugin's id: \(id).…")
      }
      guard !Schema.reservedIDs.contains(type.id) else {
        throw DuikouError(
          .invalidArgument, "row type \(type.name) has a reserved id; choose one above 0xffff")
      }
      types.append(type)
    }
    return types
  }

  private static func methods(
    of plugin: dk_plugin, id: String
  ) throws(DuikouError) -> [MethodDescription] {
    let elements = try ElementList(
      plugin.methods, count: plugin.method_count, stride: plugin.method_stride,
      least: DK_METHOD_SIZE_V1, name: "\(id): its methods")
    var methods: [MethodDescription] = []
    for at in elements.pointers {
      let method = try MethodDescription(reading: at, stride: elements.stride, of: id)
      guard !methods.contains(where: { $0.name == method.name }) else {
        throw DuikouError(.invalidArgument, "\(id): two methods are called \(method.name)")
      }
      methods.append(method)
    }
    return methods
  }

  private static func isID(_ id: String) -> Bool {
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

extension MethodDescription {
  fileprivate init(
    reading pointer: UnsafeRawPointer, stride: Int, of id: String
  ) throws(DuikouError) {
    let method: dk_method = readPrefix(pointer, size: stride)
    guard let name = string(method.name), Self.isName(name) else {
      throw DuikouError(.invalidArgument, "\(id): a method's name is not in UpperCamelCase")
    }
    guard let role = Role(rawValue: method.role) else {
      throw DuikouError(
        .invalidArgument, "\(id)/\(name): role \(method.role) is not known to this host")
    }
    guard method.invoke != nil else {
      throw DuikouError(.invalidArgument, "\(id)/\(name): it has no invoke function")
    }
    let media = string(method.media) ?? ""
    self.init(
      name: name, summary: string(method.doc) ?? "", media: media, role: role,
      isPure: method.flags & UInt32(DK_PURE) != 0,
      isStreaming: method.flags & UInt32(DK_STREAMING) != 0, concurrency: Int(method.concurrency))
    try readUses(method, id: id)
    if role == .report {
      guard !media.isEmpty else {
        throw DuikouError(.invalidArgument, "\(id)/\(name): a report names its media type")
      }
      guard uses.contains(where: { $0.writes && $0.type == UInt32(DK_CONTENT) }) else {
        throw DuikouError(
          .invalidArgument, "\(id)/\(name): a report declares to write duikou.content")
      }
    }
  }

  private mutating func readUses(_ method: dk_method, id: String) throws(DuikouError) {
    let elements = try ElementList(
      method.uses, count: method.use_count, stride: UInt32(clamping: method.use_stride),
      least: DK_USE_SIZE_V1, name: "\(id)/\(name): its uses")
    for at in elements.pointers {
      let use: dk_use = readPrefix(at, size: elements.stride)
      if use.access & UInt32(DK_READ_ALL) != 0 {
        readsAll = true
        continue
      }
      guard use.type != 0, use.row_size >= 32, use.row_size % 8 == 0, use.row_size <= 1 << 16
      else {
        throw DuikouError(
          .invalidArgument,
          "\(id)/\(name): a use of row type \(hexadecimal(use.type)) has a row size of "
            + "\(use.row_size); set it to sizeof the row")
      }
      let isWrite = use.access & UInt32(DK_WRITE) != 0
      guard !isWrite || ![DK_DOCUMENT, DK_RUN].contains(Int(use.type)) || role == .reader else {
        throw DuikouError(
          .invalidArgument, "\(id)/\(name): only the host writes documents and runs")
      }
      guard !uses.contains(where: { $0.type == use.type }) else {
        throw DuikouError(
          .invalidArgument,
          "\(id)/\(name): it lists row type \(hexadecimal(use.type)) twice; join the two")
      }
      uses.append(
        Use(
          type: use.type, rowSize: Int(use.row_size),
          isRequired: use.access & UInt32(DK_READ) != 0,
          reads: use.access & UInt32(DK_READ | DK_USE) != 0, writes: isWrite))
    }
  }

  private static func isName(_ name: String) -> Bool {
    guard let first = name.utf8.first, (0x41...0x5a).contains(first) else { return false }
    return name.utf8.allSatisfy {
      (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0) || (0x30...0x39).contains($0)
    }
  }
}

/// An array of structs of a plugin, each `stride` bytes behind the last.
private struct ElementList {
  let pointers: [UnsafeRawPointer]
  let stride: Int

  init(
    _ base: UnsafeRawPointer?, count: UInt32, stride: UInt32, least: UInt32, name: String
  ) throws(DuikouError) {
    self.stride = Int(stride)
    guard count > 0 else {
      pointers = []
      return
    }
    guard count <= 1024 else {
      throw DuikouError(.invalidArgument, "\(name) number \(count); 1024 are allowed")
    }
    guard let base else {
      throw DuikouError(.invalidArgument, "\(name) number \(count), but the array is NULL")
    }
    guard stride >= least, stride % 8 == 0, stride <= 1 << 16 else {
      throw DuikouError(
        .invalidArgument, "\(name) are \(stride) bytes apart; set the stride to sizeof the struct")
    }
    pointers = (0..<Int(count)).map { base + $0 * Int(stride) }
  }
}
