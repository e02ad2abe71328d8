extension TaggerModel {
  /// The bytes of the model's file; see `ModelFormat`. The same model has the same bytes.
  public var bytes: [UInt8] {
    let body = body
    var bytes = ModelFormat.magic
    Self.append(UInt16(ModelFormat.version), to: &bytes)
    bytes += [UInt8(tags.types.count), 0]
    Self.append(UInt32(words.words.count), to: &bytes)
    Self.append(UInt32(features.count), to: &bytes)
    Self.append(UInt32(body.count), to: &bytes)
    bytes += body
    Self.append(ModelFormat.checksum(bytes), to: &bytes)
    return bytes
  }

  private var body: [UInt8] {
    var bytes: [UInt8] = []
    for type in tags.types {
      bytes.append(UInt8(type.utf8.count))
      bytes += type.utf8
    }
    for calibration in calibrations {
      bytes.append(UInt8(calibration.steps.count))
      for step in calibration.steps {
        Self.append(step.margin, to: &bytes)
        Self.append(step.share, to: &bytes)
      }
    }
    for weight in transitions { Self.append(weight, to: &bytes) }
    for word in words.words {
      bytes += [UInt8(word.kind), UInt8(word.text.utf8.count)]
      bytes += word.text.utf8
    }
    var last: UInt32 = 0
    for (index, feature) in features.enumerated() {
      let row = weights[index * tags.count..<(index + 1) * tags.count]
      Self.appendPacked(feature - last, to: &bytes)
      Self.appendPacked(Self.mask(row), to: &bytes)
      for weight in row where weight != 0 { bytes.append(UInt8(bitPattern: weight)) }
      last = feature
    }
    return bytes
  }

  /// A bit for each weight that is not 0, the first one's the lowest.
  static func mask(_ row: ArraySlice<Int8>) -> UInt32 {
    row.reversed().reduce(0) { $0 << 1 | ($1 == 0 ? 0 : 1) }
  }

  private static func append(_ number: some FixedWidthInteger, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
  }

  private static func appendPacked(_ number: UInt32, to bytes: inout [UInt8]) {
    var left = number
    while left >= 0x80 {
      bytes.append(UInt8(left & 0x7f) | 0x80)
      left >>= 7
    }
    bytes.append(UInt8(left))
  }

  /// Bytes that a number takes.
  static func packedSize(_ number: UInt32) -> Int {
    number == 0 ? 1 : (38 - number.leadingZeroBitCount) / 7
  }
}
