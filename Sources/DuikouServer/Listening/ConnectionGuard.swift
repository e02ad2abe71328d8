import DuikouModel
import NIOCore
import NIOSSL
import NIOTLS
import Synchronization

/// Keeps strangers from using up the daemon's descriptors: a TCP port has so many connections at once, and
/// one whose TLS handshake takes too long is closed.
final class ConnectionGuard: Sendable {
  private struct State {
    var connections = 0
    /// Those whose handshake is not done.
    var pending: [ObjectIdentifier: any Channel] = [:]
    var isClosed = false
  }

  /// Connections at once.
  private static let most = 256
  private static let handshake = TimeAmount.seconds(10)

  private let state = Mutex(State())

  /// Admits a connection that was accepted, or fails where there are too many.
  func admit(_ channel: any Channel) -> EventLoopFuture<Void> {
    let isAdmitted = state.withLock { state in
      guard state.connections < Self.most, !state.isClosed else { return false }
      state.connections += 1
      return true
    }
    guard isAdmitted else {
      return channel.eventLoop.makeFailedFuture(
        DuikouError(.resourceExhausted, "\(Self.most) connections are open: close some"))
    }
    channel.closeFuture.whenComplete { _ in
      self.state.withLock { state in
        state.connections -= 1
        state.pending[ObjectIdentifier(channel)] = nil
      }
    }
    return channel.eventLoop.makeCompletedFuture {
      let pipeline = channel.pipeline.syncOperations
      guard let tls = try? pipeline.handler(type: NIOSSLServerHandler.self) else { return }
      self.state.withLock { $0.pending[ObjectIdentifier(channel)] = channel }
      let timer = channel.eventLoop.assumeIsolated().scheduleTask(in: Self.handshake) {
        channel.close(promise: nil)
      }
      try pipeline.addHandler(
        HandshakeWatch {
          timer.cancel()
          self.state.withLock { $0.pending[ObjectIdentifier(channel)] = nil }
        }, position: .after(tls))
    }
  }

  /// Closes the connections that have not got as far as a call, and admits no others.
  func close() {
    let pending = state.withLock { state in
      state.isClosed = true
      return Array(state.pending.values)
    }
    for channel in pending { channel.close(promise: nil) }
  }
}

/// Hears when a connection's TLS handshake is done.
private final class HandshakeWatch: ChannelInboundHandler {
  typealias InboundIn = NIOAny

  private let whenDone: () -> Void

  init(whenDone: @escaping () -> Void) {
    self.whenDone = whenDone
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case .handshakeCompleted? = event as? TLSUserEvent { whenDone() }
    context.fireUserInboundEventTriggered(event)
  }
}
