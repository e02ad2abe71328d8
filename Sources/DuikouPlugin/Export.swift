import Synchronization

/// Makes the library a plugin, once, outside of functions:
///
///     #plugin(Hotels(), id: "cn.example.hotels", version: "1.0.0", summary: "Finds hotels.")
///
/// `id`, in reverse DNS, and `version`, a semantic one, are literals: a host reads them in the library's
/// file before it runs anything of it. The methods are made when the host asks for the first time.
@freestanding(declaration, names: named(duikouNote), named(duikouPlugin))
public macro plugin(
  _ methods: any Method..., id: String, version: String, summary: String,
  types: [RowDefinition] = []
) = #externalMacro(module: "DuikouPluginMacros", type: "PluginMacro")

/// What the entry symbol that `#plugin` makes calls.
public func export(
  _ methods: any Method..., id: String, version: String, summary: String,
  types: [RowDefinition] = []
) -> UnsafePointer<dk_plugin> {
  exported.withLock { exported in
    if let known = exported { return known.plugin }
    let new = ExportedPlugin(
      methods: methods, id: id, version: version, summary: summary, types: types)
    exported = new
    return new.plugin
  }
}

/// The library's one plugin: made at the first call of the entry symbol and never freed.
private let exported = Mutex<ExportedPlugin?>(nil)

/// A plugin's descriptors as C, together with the methods they describe.
private final class ExportedPlugin: @unchecked Sendable {
  let methods: [any Method]
  let table: UnsafeMutablePointer<dk_method>
  let plugin: UnsafePointer<dk_plugin>

  init(
    methods: [any Method], id: String, version: String, summary: String, types: [RowDefinition]
  ) {
    self.methods = methods
    let table = copied(methods.map { Self.describe(type(of: $0)) })
    self.table = table
    var plugin = dk_plugin()
    plugin.size = UInt32(MemoryLayout<dk_plugin>.size)
    plugin.abi_built = UInt32(DK_ABI_MINOR)
    plugin.id = copied(id)
    plugin.version = copied(version)
    plugin.doc = copied(summary)
    plugin.types = UnsafePointer(copied(types.map(Self.describe)))
    plugin.type_count = UInt32(types.count)
    plugin.type_stride = UInt32(MemoryLayout<dk_type>.stride)
    plugin.methods = UnsafePointer(table)
    plugin.method_count = UInt32(methods.count)
    plugin.method_stride = UInt32(MemoryLayout<dk_method>.stride)
    self.plugin = UnsafePointer(copied([plugin]))
  }

  private static func describe(_ type: any Method.Type) -> dk_method {
    var method = dk_method()
    method.name = copied(type.name)
    method.doc = copied(type.summary)
    method.media = type.media.isEmpty ? nil : copied(type.media)
    method.role = type.role.rawValue
    method.flags = UInt32((type.isPure ? DK_PURE : 0) | (type.isStreaming ? DK_STREAMING : 0))
    method.concurrency = type.concurrency
    let uses = type.uses.map {
      dk_use(type: $0.type, row_size: UInt32($0.rowSize), access: $0.access, reserved: 0)
    }
    method.uses = UnsafePointer(copied(uses))
    method.use_count = UInt32(uses.count)
    method.use_stride = UInt64(MemoryLayout<dk_use>.stride)
    method.invoke = { _, call in call.map(invoke) ?? dk_status(DK_INTERNAL) }
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

/// Runs the method that a call names, and turns what it throws into a status.
private func invoke(_ pointer: UnsafeMutablePointer<dk_call>) -> dk_status {
  guard let plugin = exported.withLock({ $0 }), let called = pointer.pointee.method,
    let image = pointer.pointee.image
  else { return dk_status(DK_INTERNAL) }
  let index = called - UnsafePointer(plugin.table)
  guard plugin.methods.indices.contains(index) else { return dk_status(DK_UNIMPLEMENTED) }
  do {
    try plugin.methods[index].run(Call(pointer, image: image))
    return dk_status(DK_OK)
  } catch let error as DuikouError {
    return fail(pointer, error.code.rawValue, error.message)
  } catch is CallHasFailed {
    return dk_status(DK_ABORTED)
  } catch {
    return fail(pointer, dk_status(DK_UNKNOWN), "\(error)")
  }
}

private func fail(
  _ pointer: UnsafeMutablePointer<dk_call>, _ code: dk_status, _ message: String
) -> dk_status {
  var message = message
  return message.withUTF8 { bytes in
    bytes.withMemoryRebound(to: CChar.self) {
      pointer.pointee.fail(pointer, code, $0.baseAddress, UInt32($0.count))
    }
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
