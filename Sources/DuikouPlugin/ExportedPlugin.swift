/// A plugin's descriptors as C, together with the methods they describe.
final class ExportedPlugin: @unchecked Sendable {
  /// Those that need no configuration.
  let methods: [any Method]
  /// Makes the methods from the image of the plugin's configuration; nil where they are made.
  let make: (@Sendable (UnsafePointer<dk_image>?) throws -> [any Method])?
  let table: UnsafeMutablePointer<dk_method>
  let plugin: UnsafePointer<dk_plugin>

  init(
    _ methodTypes: [any Method.Type], made methods: [any Method] = [], config: UInt32 = 0,
    id: String, version: String, summary: String, types: [RowDefinition],
    make: (@Sendable (UnsafePointer<dk_image>?) throws -> [any Method])? = nil
  ) {
    self.methods = methods
    self.make = make
    let table = copied(methodTypes.map(Self.describe))
    self.table = table
    var plugin = dk_plugin()
    plugin.size = UInt32(MemoryLayout<dk_plugin>.size)
    plugin.abi_built = UInt32(DK_ABI_MINOR)
    plugin.config = config
    plugin.id = copied(id)
    plugin.version = copied(version)
    plugin.doc = copied(summary)
    plugin.types = UnsafePointer(copied(types.map(Self.describe)))
    plugin.type_count = UInt32(types.count)
    plugin.type_stride = UInt32(MemoryLayout<dk_type>.stride)
    plugin.methods = UnsafePointer(table)
    plugin.method_count = UInt32(methodTypes.count)
    plugin.method_stride = UInt32(MemoryLayout<dk_method>.stride)
    if make != nil {
      plugin.create = create
      plugin.destroy = destroy
    }
    self.plugin = UnsafePointer(copied([plugin]))
  }

  private static func describe(_ type: any Method.Type) -> dk_method {
    var method = dk_method()
    method.name = copied(type.name)
    method.doc = copied(type.summary)
    method.media = type.media.isEmpty ? nil : copied(type.media)
    method.role = type.role.rawValue
    method.flags = UInt32(
      (type.isPure ? DK_PURE : 0) | (type.isStreaming ? DK_STREAMING : 0)
        | (type.isBatched ? DK_BATCHED : 0))
    method.concurrency = type.concurrency
    let uses = type.uses.map {
      dk_use(type: $0.type, row_size: UInt32($0.rowSize), access: $0.access, reserved: 0)
    }
    method.uses = UnsafePointer(copied(uses))
    method.use_count = UInt32(uses.count)
    method.use_stride = UInt64(MemoryLayout<dk_use>.stride)
    method.invoke = { instance, call in
      call.map { invoke(instance, $0) } ?? dk_status(DK_INTERNAL)
    }
    return method
  }

  private static func describe(_ definition: RowDefinition) -> dk_type {
    let fields = definition.fields.map { field in
      dk_field(
        name: copied(field.name), doc: copied(field.summary),
        unit: field.unit.isEmpty ? nil : copied(field.unit), values: nil, number: field.number,
        offset: UInt32(field.offset ?? 0), kind: UInt32(field.kind),
        flags: field.isKey ? UInt32(DK_KEY) : 0, target: field.target, value_count: 0,
        value_stride: 0, reserved: 0)
    }
    return dk_type(
      name: copied(definition.name), doc: copied(definition.summary), id: definition.id,
      size: UInt32(definition.size), fields: UnsafePointer(copied(fields)),
      field_count: UInt32(fields.count), field_stride: UInt32(MemoryLayout<dk_field>.stride))
  }
}

/// A C string that lives as long as the library.
private func copied(_ string: String) -> UnsafePointer<CChar> {
  UnsafePointer(copied(Array(string.utf8CString)))
}

/// An array that lives as long as the library.
private func copied<Element: BitwiseCopyable>(
  _ elements: [Element]
) -> UnsafeMutablePointer<Element> {
  let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(elements.count, 1))
  memory.initialize(from: elements, count: elements.count)
  return memory
}
