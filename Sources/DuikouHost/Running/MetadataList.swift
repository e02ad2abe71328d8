import CDuikou

/// Request headers as C, for the length of a call.
enum MetadataList {
  static func with<Result>(
    _ metadata: [MetadataEntry],
    _ body: (UnsafeBufferPointer<dk_metadata>) -> Result
  ) -> Result {
    guard !metadata.isEmpty else { return body(UnsafeBufferPointer(start: nil, count: 0)) }
    let names = metadata.map { Array($0.name.utf8CString) }
    let values = metadata.map { $0.value.map { CChar(bitPattern: $0) } + [0] }
    // Both hold the strings of all entries one behind another, so that one pointer pins them all.
    let nameBytes = names.flatMap { $0 }
    let valueBytes = values.flatMap { $0 }
    return nameBytes.withUnsafeBufferPointer { nameBase in
      valueBytes.withUnsafeBufferPointer { valueBase in
        var nameAt = 0
        var valueAt = 0
        let list = zip(names, values).map { name, value in
          defer {
            nameAt += name.count
            valueAt += value.count
          }
          return dk_metadata(
            name: nameBase.baseAddress.map { $0 + nameAt },
            value: valueBase.baseAddress.map { $0 + valueAt },
            value_len: UInt32(value.count - 1), reserved: 0)
        }
        return list.withUnsafeBufferPointer(body)
      }
    }
  }
}
