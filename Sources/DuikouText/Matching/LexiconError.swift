/// Why an image of a lexicon cannot be used, or not be written.
public enum LexiconError: Error, Equatable, CustomStringConvertible {
  /// The system refused to do something with the file; `code` is its errno.
  case file(path: String, code: Int32)
  /// The image does not begin at a multiple of eight bytes in memory.
  case misaligned
  /// The bytes do not begin as an image of a lexicon does.
  case notALexicon
  /// The image was written by another version of this library.
  case unknownVersion(UInt32)
  /// The image is shorter or longer than it says, in bytes.
  case wrongSize(expected: Int, actual: Int)
  /// The image contradicts itself; `part` says where.
  case damaged(part: String)

  public var description: String {
    switch self {
    case .file(let path, let code): "\(path): error \(code) of the system."
    case .misaligned: "The lexicon does not begin at a multiple of eight bytes in memory."
    case .notALexicon: "This is not a lexicon's image."
    case .unknownVersion(let version):
      "The lexicon's version is \(version), this library reads \(LexiconHeader.version) only; build it again."
    case .wrongSize(let expected, let actual):
      "The lexicon should have \(expected) bytes and has \(actual); build it again."
    case .damaged(let part): "The lexicon is damaged (\(part)); build it again."
    }
  }
}
