import CDuikou
import CDuikouRuntime
import DuikouModel
import Testing

@testable import DuikouHost

@Suite("A flat description")
struct FlatDescriptionTests {
  /// That of a plugin with one method, which adds up to some 150 bytes.
  private static let bytes: [UInt8] = {
    let uses = [dk_use(type: 16, row_size: 72, access: UInt32(DK_WRITE), reserved: 0)]
    return uses.withUnsafeBufferPointer { uses in
      "Test".withCString { name in
        var method = dk_method()
        method.name = name
        method.role = 1
        method.uses = uses.baseAddress
        method.use_count = 1
        method.use_stride = UInt64(MemoryLayout<dk_use>.stride)
        method.invoke = { _, _ in 0 }
        return withUnsafePointer(to: method) { methods in
          "cn.example.test".withCString { id in
            "1.2.0".withCString { version in
              var plugin = dk_plugin()
              plugin.size = UInt32(MemoryLayout<dk_plugin>.size)
              plugin.id = id
              plugin.version = version
              plugin.methods = methods
              plugin.method_count = 1
              plugin.method_stride = UInt32(MemoryLayout<dk_method>.stride)
              return describe(plugin)
            }
          }
        }
      }
    }
  }()

  private static func describe(_ plugin: dk_plugin) -> [UInt8] {
    var plugin = plugin
    var message = [CChar](repeating: 0, count: Int(DKR_MESSAGE_MAX))
    return [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
      var used: UInt64 = 0
      let status = dkr_describe(
        &plugin, buffer.baseAddress, UInt64(buffer.count), &used, &message)
      count = status == DK_OK ? Int(used) : 0
    }
  }

  @Test("is read as it was written")
  func reads() throws {
    let description = try PluginDescription(flat: Self.bytes)
    #expect(description.id == "cn.example.test" && description.versionText == "1.2.0")
    #expect(description.methods.map(\.name) == ["Test"])
    #expect(description.methods[0].uses.map(\.type) == [16])
  }

  @Test("that ends anywhere else, or goes on, is refused")
  func truncated() {
    for length in 0..<Self.bytes.count {
      #expect(throws: DuikouError.self) {
        try PluginDescription(flat: Array(Self.bytes.prefix(length)))
      }
    }
    let longer = #expect(throws: DuikouError.self) {
      try PluginDescription(flat: Self.bytes + [0])
    }
    #expect(longer?.code == .dataLoss)
  }

  @Test("with any byte changed is read or refused, and harms nobody")
  func changed() {
    for index in Self.bytes.indices {
      for value: UInt8 in [0, 1, 0x7f, 0x80, 0xff] {
        var bytes = Self.bytes
        bytes[index] = value
        _ = try? PluginDescription(flat: bytes)
      }
    }
  }
}
