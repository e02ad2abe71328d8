import DuikouHost
import DuikouModel
import Logging
import ServiceLifecycle
import UnixSignals

/// Looks through the plugin folders again at each SIGHUP.
///
/// Calls that run end on the plugins that they began with.
struct PluginReload: Service {
  let host: PluginHost
  let catalog: MethodCatalog
  let folders: [String]
  let threads: BlockingThreads
  let logger: Logger

  func run() async {
    let signals = await UnixSignalsSequence(trapping: .sighup)
    for await _ in signals.cancelOnGracefulShutdown() { await reload() }
  }

  private func reload() async {
    do throws(DuikouError) {
      let listings = try await threads.run { (_) throws(DuikouError) in
        let listings = try host.load(folders: folders)
        catalog.refresh()
        return listings
      }
      logger.info(
        "plugins loaded again",
        metadata: [
          "active": "\(listings.count { $0.state == .active })", "files": "\(listings.count)",
        ])
    } catch {
      logger.error("plugins not loaded again, those before stay: \(error.message)")
    }
  }
}
