import Crypto
import DuikouModel
import Foundation
import Glibc

/// A dropped file, read once: what is checked is what is run.
public struct PluginBytes: Sendable {
  public let data: Data
  let stamp: FileStamp
  let ownership: FileOwnership
  /// Of the folder that holds it, and of links on the way to it.
  let holders: [FileOwnership]

  /// The largest file that is taken for a plugin, in bytes.
  static let sizeLimit = 256 << 20

  /// Reads a file. Never waits for a pipe's writer. Throws `notFound`, `permissionDenied`,
  /// `invalidArgument` for what is no file, `resourceExhausted` for one that is too large, `aborted` for
  /// one that changes meanwhile, or `unavailable`.
  public init(reading path: String) throws(DuikouError) {
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.error(errno) }
    defer { close(descriptor) }
    stamp = try FileStamp(of: descriptor)
    ownership = try FileOwnership(of: descriptor, path: path)
    guard stamp.size <= Self.sizeLimit else {
      throw DuikouError(
        .resourceExhausted, "larger than \(Self.sizeLimit >> 20) MiB, which no plugin needs")
    }
    data = try Self.read(descriptor, Int(stamp.size))
    holders = try FileOwnership.holders(of: path, opened: descriptor)
    guard try FileStamp(of: descriptor) == stamp, data.count == stamp.size else {
      throw DuikouError(.aborted, "it changed while it was read")
    }
  }

  /// SHA-256 of the bytes, in hex.
  public var sha256: String { SHA256.hash(data: data).hexadecimal }

  private static func read(_ descriptor: Int32, _ size: Int) throws(DuikouError) -> Data {
    var data = Data(count: size)
    var done = 0
    while done < size {
      let count = data.withUnsafeMutableBytes { buffer in
        pread(descriptor, buffer.baseAddress.map { $0 + done }, size - done, off_t(done))
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw error(errno) }
      guard count > 0 else { break }
      done += count
    }
    return data.prefix(done)
  }

  private static func error(_ code: Int32) -> DuikouError {
    switch code {
    case ENOENT: DuikouError(.notFound, "no such file")
    case EACCES, EPERM: DuikouError(.permissionDenied, "it may not be read by this user")
    default: DuikouError(.unavailable, "it cannot be read: \(String(cString: strerror(code)))")
    }
  }
}
