import CDuikouRuntime

/// One entry of a call's metadata: a header that its client sent, or a trailer that it gets beside the rows.
public struct MetadataEntry: Sendable, Hashable {
  /// In lower case.
  public let name: String
  /// Printable ASCII, or any bytes where the name ends with `-bin`.
  public let value: [UInt8]

  public init(name: String, value: [UInt8]) {
    self.name = name
    self.value = value
  }

  public init(name: String, text: String) {
    self.init(name: name, value: Array(text.utf8))
  }

  public var isBinary: Bool { name.hasSuffix("-bin") }

  /// Whether gRPC lets a call have it as a trailer, and it is none of gRPC's or the host's own.
  var isAllowed: Bool {
    let letters = name.utf8.allSatisfy {
      (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || [0x2D, 0x5F, 0x2E].contains($0)
    }
    return letters && !name.isEmpty && name != "-bin" && !name.hasPrefix("grpc-")
      && !name.hasPrefix("duikou-")
      && (isBinary || value.allSatisfy { (0x20...0x7E).contains($0) })
  }

  /// Reads a call's trailers from an output that nobody vouches for; nil where they are none.
  static func read(from block: UnsafeRawBufferPointer) -> [MetadataEntry]? {
    guard block.count >= MemoryLayout<dkr_output>.size else { return nil }
    let output = block.loadUnaligned(as: dkr_output.self)
    guard output.trailers_size > 0 else { return [] }
    let (offset, size) = (Int(clamping: output.trailers_off), Int(output.trailers_size))
    guard size <= DKR_TRAILERS_MAX, offset <= block.count, size <= block.count - offset else {
      return nil
    }
    // A copy: a worker could go on writing between the checks and the use.
    let bytes = Array(block[offset..<offset + size])
    return bytes.withUnsafeBytes { parse($0) }
  }

  private static func parse(_ bytes: UnsafeRawBufferPointer) -> [MetadataEntry]? {
    var trailers: [MetadataEntry] = []
    var at = 0
    while at < bytes.count {
      guard bytes.count - at >= 8 else { return nil }
      let name = Int(bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self))
      let value = Int(bytes.loadUnaligned(fromByteOffset: at + 4, as: UInt32.self))
      at += 8
      guard name + value <= bytes.count - at else { return nil }
      let trailer = MetadataEntry(
        name: String(decoding: bytes[at..<at + name], as: UTF8.self),
        value: Array(bytes[at + name..<at + name + value]))
      guard trailer.isAllowed else { return nil }
      trailers.append(trailer)
      at += name + value
    }
    return trailers
  }
}
