import DuikouHost
import DuikouModel
import Foundation
import Logging
import ServiceLifecycle
import UnixSignals

/// Keeps the host's plugins as the folders, the configuration and the operator want them, as soon as one
/// of these changes; at SIGHUP in any case.
struct PluginUpkeep: Service {
  private let watcher: PluginWatcher
  private let audit: PluginAudit
  private let logger: Logger
  private let changes: AsyncStream<PluginChange>
  private let continuation: AsyncStream<PluginChange>.Continuation

  /// The host is observed from now on.
  init(
    host: PluginHost, folders: [String], wishes: PluginWishes, audit: PluginAudit, logger: Logger
  ) {
    self.audit = audit
    self.logger = logger
    (changes, continuation) = AsyncStream.makeStream()
    watcher = PluginWatcher(
      host: host, folders: folders, others: wishes.folders, prepare: { wishes.tell(host) },
      onUnreadable: { error in logger.error("\(error.message); its plugins stay as they are") })
    for listing in host.listings { continuation.yield(PluginChange(.loaded(listing), listing)) }
    let continuation = continuation
    host.observe { _, changes in
      for change in changes { continuation.yield(change) }
    }
  }

  func run() async throws {
    do throws(DuikouError) {
      try watcher.start()
    } catch {
      logger.error("\(error.message); until then plugins are looked at on SIGHUP only")
    }
    await withTaskGroup(of: Void.self) { group in
      group.addTask { for await change in changes { await audit.record(change) } }
      let signals = await UnixSignalsSequence(trapping: .sighup)
      for await _ in signals.cancelOnGracefulShutdown() {
        await look()
        logger.info("plugins looked at again")
      }
      watcher.stop()
      continuation.finish()
    }
  }

  /// Looks at the folders now, and returns when every file has been opened.
  func look() async {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        watcher.lookNow()
        continuation.resume()
      }
    }
  }
}

extension PluginChange.Kind {
  /// What became of a file at the start.
  fileprivate static func loaded(_ listing: PluginListing) -> Self {
    listing.state == .active ? .loaded : .unused
  }
}
