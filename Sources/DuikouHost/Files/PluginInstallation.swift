import DuikouModel
import Foundation
import Synchronization

/// A plugin file that is being put into a folder: beside its place until it is whole and has been found
/// good, then in it at once.
public final class PluginInstallation: Sendable {
  private struct State {
    var descriptor: Int32
    var size = 0
  }

  private let folder: String
  private let path: String
  private let state: Mutex<State>

  /// Begins in a folder. Throws `permissionDenied` or `unavailable` where it cannot be written to.
  public init(in folder: String) throws(DuikouError) {
    self.folder = folder
    path = "\(folder)/.installing-\(UUID().uuidString).so"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Self.error(errno, folder) }
    // Whoever follows the folder may be another user; nobody else may write, whatever the umask.
    fchmod(descriptor, 0o644)
    state = Mutex(State(descriptor: descriptor))
  }

  deinit {
    finishWriting()
    unlink(path)
    unlink(signaturePath)
  }

  private var signaturePath: String { PluginSignature.path(of: path) }

  /// Adds bytes. Throws `resourceExhausted` above the limit, `unavailable` where the disk is full.
  public func write(_ bytes: Data) throws(DuikouError) {
    let result = state.withLock { state -> Result<Void, DuikouError> in
      Result { () throws(DuikouError) in
        state.size += bytes.count
        guard state.size <= PluginBytes.sizeLimit else {
          throw DuikouError(
            .resourceExhausted,
            "larger than \(PluginBytes.sizeLimit >> 20) MiB, which no plugin needs")
        }
        do {
          try FileHandle(fileDescriptor: state.descriptor, closeOnDealloc: false)
            .write(contentsOf: bytes)
        } catch {
          throw DuikouError(
            .unavailable, "the plugin cannot be kept in \(folder): check its space", cause: error)
        }
      }
    }
    try result.get()
  }

  /// Puts the file in its place, under its plugin's id, after a host has found nothing against it. Returns
  /// its path. Throws what is against it.
  public func finish(signature: Data, host: PluginHost) throws(DuikouError) -> String {
    finishWriting()
    if !signature.isEmpty { try write(signature, to: signaturePath) }
    let id: String
    do throws(DuikouError) {
      id = try host.check(file: path)
    } catch {
      throw DuikouError(
        error.code, error.message.replacing(path, with: "the file"), cause: error.cause,
        details: error.details)
    }
    let place = "\(folder)/\(id).so"
    // The signature first: the file is never looked at without it.
    if signature.isEmpty {
      unlink(PluginSignature.path(of: place))
    } else {
      try move(signaturePath, PluginSignature.path(of: place))
    }
    try move(path, place)
    return place
  }

  private func finishWriting() {
    state.withLock { state in
      if state.descriptor >= 0 {
        fsync(state.descriptor)
        close(state.descriptor)
      }
      state.descriptor = -1
    }
  }

  private func write(_ bytes: Data, to path: String) throws(DuikouError) {
    do {
      try bytes.write(to: URL(fileURLWithPath: path))
      chmod(path, 0o644)
    } catch {
      throw DuikouError(
        .unavailable, "the signature cannot be kept in \(folder): check its space", cause: error)
    }
  }

  private func move(_ from: String, _ to: String) throws(DuikouError) {
    guard rename(from, to) == 0 else { throw Self.error(errno, folder) }
  }

  private static func error(_ code: Int32, _ folder: String) -> DuikouError {
    DuikouError(
      [EACCES, EPERM, EROFS].contains(code) ? .permissionDenied : .unavailable,
      "nothing can be put into the plugin folder \(folder): \(String(cString: strerror(code)))")
  }
}
