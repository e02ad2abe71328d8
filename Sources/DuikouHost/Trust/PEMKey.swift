import DuikouModel
import Foundation
import Glibc

/// Ed25519 keys in PEM, as OpenSSL writes them: the DER of such a key is a constant and 32 bytes
/// (RFC 8410).
enum PEMKey {
  enum Kind: String {
    case `public` = "PUBLIC KEY"
    case `private` = "PRIVATE KEY"

    fileprivate var prefix: [UInt8] {
      switch self {
      case .public: [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]
      case .private:
        [
          0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04,
          0x20,
        ]
      }
    }
  }

  static func text(of key: some Sequence<UInt8>, _ kind: Kind) -> String {
    let base64 = Data(kind.prefix + Array(key)).base64EncodedString()
    return "-----BEGIN \(kind.rawValue)-----\n\(base64)\n-----END \(kind.rawValue)-----\n"
  }

  /// The 32 bytes; nil for what is no such key.
  static func key(in text: String, _ kind: Kind) -> Data? {
    let lines = text.split(whereSeparator: \.isNewline).map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    guard let start = lines.firstIndex(of: "-----BEGIN \(kind.rawValue)-----"),
      let end = lines.firstIndex(of: "-----END \(kind.rawValue)-----"), start < end,
      let bytes = Data(base64Encoded: lines[(start + 1)..<end].joined()),
      bytes.count == kind.prefix.count + 32, bytes.starts(with: kind.prefix)
    else { return nil }
    return bytes.suffix(32)
  }

  /// The 32 bytes of a key's file, and the file's permission bits.
  ///
  /// Throws `notFound`, `permissionDenied`, `invalidArgument` for what is no such key, or `unavailable`,
  /// with a sentence that names the file.
  static func read(
    _ path: String, _ kind: Kind
  ) throws(DuikouError) -> (key: Data, mode: UInt32) {
    let file: SmallFile
    do throws(DuikouError) {
      file = try SmallFile(path)
    } catch {
      let hint = error.code == .notFound ? ": `duikou plugin keygen` makes one" : ""
      throw DuikouError(error.code, "the key \(path) \(error.message)\(hint)")
    }
    let text = file.text ?? ""
    if let key = key(in: text, kind) { return (key, file.mode) }
    switch kind {
    case .public where key(in: text, .private) != nil:
      throw DuikouError(.invalidArgument, "\(path) is a private key: take the .pub beside it")
    case .private where key(in: text, .public) != nil:
      throw DuikouError(
        .invalidArgument, "\(path) is a public key: take the .key that goes with it")
    case .public, .private:
      throw DuikouError(
        .invalidArgument,
        "\(path) is no \(kind == .public ? "public" : "private") Ed25519 key in PEM, as "
          + "`duikou plugin keygen` makes")
    }
  }

  /// Writes a key to a new file. Throws `alreadyExists`, `permissionDenied` or `unavailable`.
  static func write(
    _ key: some Sequence<UInt8>, _ kind: Kind, to path: String
  ) throws(DuikouError) {
    let mode: mode_t = kind == .private ? 0o600 : 0o644
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else {
      guard errno != EEXIST else {
        throw DuikouError(
          .alreadyExists,
          "\(path) is there already, and no key is written over: choose another name")
      }
      throw DuikouError(
        [EACCES, EPERM, EROFS].contains(errno) ? .permissionDenied : .unavailable,
        "\(path) cannot be written: \(String(cString: strerror(errno)))")
    }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      try file.write(contentsOf: Data(text(of: key, kind).utf8))
      try file.synchronize()
    } catch {
      unlink(path)
      throw DuikouError(.unavailable, "\(path) cannot be written: check its disk", cause: error)
    }
  }
}
