import DuikouModel

/// The first bytes of a file, to tell a shared library of this machine from anything else.
enum ELFHeader {
  /// Throws `invalidArgument` with a sentence when the bytes do not begin a 64-bit shared
  /// library for this machine's processor.
  static func check(_ bytes: some RandomAccessCollection<UInt8>) throws(DuikouError) {
    func byte(_ index: Int) -> UInt8 { bytes[bytes.index(bytes.startIndex, offsetBy: index)] }

    guard bytes.count >= 64, byte(0) == 0x7f, byte(1) == 0x45, byte(2) == 0x4c, byte(3) == 0x46
    else {
      throw DuikouError(
        .invalidArgument, "not a shared library: it does not begin as an ELF file does")
    }
    guard byte(4) == 2, byte(5) == 1 else {
      throw DuikouError(.invalidArgument, "not a 64-bit little-endian library")
    }
    guard UInt16(byte(16)) | UInt16(byte(17)) << 8 == 3 else {
      throw DuikouError(.invalidArgument, "not a shared library: link it with -shared")
    }
    let machine = UInt16(byte(18)) | UInt16(byte(19)) << 8
    guard machine == Self.machine else {
      throw DuikouError(
        .invalidArgument, "a library for another processor (ELF machine \(machine))")
    }
  }

  #if arch(x86_64)
  private static let machine: UInt16 = 62
  #elseif arch(arm64)
  private static let machine: UInt16 = 183
  #endif
}
