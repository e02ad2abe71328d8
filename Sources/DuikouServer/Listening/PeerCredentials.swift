import DuikouModel
import Foundation
import Logging
import NIOCore

/// Who has opened a connection to a Unix socket, as the kernel says (`SO_PEERCRED`).
struct PeerCredentials: Sendable, Hashable {
  // The layout of the kernel's ucred.
  let process: pid_t
  let user: uid_t
  let group: gid_t

  static func read(from channel: any Channel) -> EventLoopFuture<PeerCredentials> {
    guard let provider = channel as? any SocketOptionProvider else {
      return channel.eventLoop.makeFailedFuture(
        DuikouError(.internalError, "the connection has no socket"))
    }
    return provider.unsafeGetSocketOption(level: .socket, name: .init(rawValue: SO_PEERCRED))
  }

  /// Throws `permissionDenied` at the daemon's own socket to all but its user and root: should the file's
  /// mode have been changed, it is still nobody else's. Writes others at a shared socket into the log.
  func check(at endpoint: Endpoint, _ logger: Logger) throws(DuikouError) {
    guard user != geteuid(), user != 0 else { return }
    let metadata: Logger.Metadata = [
      "address": "\(endpoint.address)", "uid": "\(user)", "pid": "\(process)",
    ]
    guard case .sharedSocket = endpoint else {
      logger.notice("connection refused: another user's", metadata: metadata)
      throw DuikouError(
        .permissionDenied, "\(endpoint.address) is for the daemon's user; you are \(user)")
    }
    logger.info("connection", metadata: metadata)
  }
}
