/// How a model lies in a file. Numbers are little-endian. The version is another one whenever the same text has other
/// features.
///
/// - magic, 4 bytes; version, 2; how many types, 1; 0, 1;
///   how many words, 4; how many features, 4; bytes of what follows, without the checksum, 4
/// - for each type: bytes of its name, 1; its name
/// - for each type: how many steps, 1; for each step its margin, 2, and its share, 4
/// - transitions, 2 each: of first tags, then for each tag those of next tags
/// - for each word: its class, 1; bytes, 1; the word
/// - for each feature, rising (see `Feature`): how far it is from the one before, and a bit for each tag that has a weight,
///   both as numbers of 7 bits a byte, the lowest first, the highest bit set in all bytes but the last;
///   the weights, 1 each
/// - a checksum of all before, 4: FNV-1a of 32 bits
enum ModelFormat {
  static let magic: [UInt8] = [0x44, 0x4b, 0x54, 0x47]
  static let version = 2
  static let headerSize = 20
  static let checksumSize = 4
  /// How many features there may be.
  static let mostFeatures = 1 << 22

  /// FNV-1a of 32 bits.
  static func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
    bytes.reduce(0x811c_9dc5) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
  }
}
