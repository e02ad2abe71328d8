import CDuikou
import CDuikouRuntime

extension Schema {
  /// The domain records of `duikou/records.h`.
  public static let domain: Schema = {
    var schema = Schema()
    var count: UInt32 = 0
    guard let types = dkr_domain_types(&count) else { return schema }
    for index in 0..<Int(count) {
      let pointer = UnsafeRawPointer(types + index)
      guard
        let type = try? TypeDescriptor(reading: pointer, stride: MemoryLayout<dk_type>.stride)
      else {
        preconditionFailure("the domain's row type \(index) is badly described")
      }
      try? schema.add(type)
    }
    return schema
  }()

  /// The largest id that is reserved for the domain.
  public static let reservedIDs: ClosedRange<UInt32> = 0...0xffff
}
