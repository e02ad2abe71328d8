import CDuikou
import CDuikouRuntime

extension Schema {
  /// The domain records of `duikou/records.h`.
  public static let domain: Schema = {
    var schema = Schema()
    do throws(DuikouError) {
      var reader = FlatReader(flatDomain)
      // The plugin that stands for the host itself: its numbers and names come first.
      for _ in 0..<4 { _ = try reader.u32() }
      for _ in 0..<3 { _ = try reader.string() }
      let types = try reader.list { (reader) throws(DuikouError) in
        try TypeDescriptor(reading: &reader)
      }
      for type in types { try schema.add(type) }
    } catch {
      preconditionFailure("the domain's row types are badly described: \(error)")
    }
    return schema
  }()

  /// The domain's row types as a plugin would describe them.
  private static var flatDomain: [UInt8] {
    var plugin = dk_plugin()
    plugin.size = UInt32(MemoryLayout<dk_plugin>.size)
    plugin.types = dkr_domain_types(&plugin.type_count)
    plugin.type_stride = UInt32(MemoryLayout<dk_type>.stride)
    return [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
      var used: UInt64 = 0
      var message = [CChar](repeating: 0, count: Int(DKR_MESSAGE_MAX))
      let status = dkr_describe(
        &plugin, buffer.baseAddress, UInt64(buffer.count), &used, &message)
      count = status == DK_OK ? Int(used) : 0
    }
  }

  /// The largest id that is reserved for the domain.
  public static let reservedIDs: ClosedRange<UInt32> = 0...0xffff
}
