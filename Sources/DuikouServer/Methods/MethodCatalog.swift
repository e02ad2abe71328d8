import DuikouHost
import DuikouModel
import DuikouPipeline
import DuikouWire
import GRPCCore
import Logging
import SwiftProtobuf
import Synchronization

/// The services of the plugins in use at this moment.
///
/// Made anew by `refresh`, and read by every call. May be used from every thread.
final class MethodCatalog: Sendable {
  /// The services of one registry.
  struct Services: Sendable {
    var generation = 0
    /// By full name.
    var services: [String: Service] = [:]
  }

  struct Service: Sendable {
    let contract: ServiceContract
    /// By name.
    let methods: [String: PluginMethod]
  }

  private let host: PluginHost
  private let logger: Logger
  private let state = Mutex((current: Services(), gone: Set<String>()))

  init(host: PluginHost, logger: Logger) {
    self.host = host
    self.logger = logger
    refresh()
  }

  /// The services at this moment.
  var services: Services { state.withLock { $0.current } }

  /// Whether the services are those of the host's registry.
  var isCurrent: Bool { services.generation >= host.registry.generation }

  /// Makes the services of the registry that the host has now, unless they are there. Takes long where
  /// plugins have many types: calls go on by the services before, and the calling thread is not one of
  /// Swift's pool.
  func refresh() {
    guard !isCurrent else { return }
    let new = Services(host.registry, logger: logger)
    state.withLock { state in
      guard new.generation > state.current.generation else { return }
      state.gone.formUnion(state.current.services.keys)
      state.gone.subtract(new.services.keys)
      state.current = new
    }
  }

  func method(_ descriptor: MethodDescriptor) -> PluginMethod? {
    services.services[descriptor.service.fullyQualifiedService]?.methods[descriptor.method]
  }

  /// Why there is no such method.
  func absence(of descriptor: MethodDescriptor) -> DuikouError {
    let name = descriptor.service.fullyQualifiedService
    if let service = services.services[name] {
      let names = service.contract.methods.map(\.name).joined(separator: ", ")
      return DuikouError(
        .unimplemented, "\(name) has no method \(descriptor.method); it has \(names)")
    }
    guard let id = ServiceContract.plugin(ofService: name) else {
      return DuikouError(
        .unimplemented,
        "there is no method \(descriptor): `duikou call --list` shows those there are")
    }
    let listings = host.listings.filter { $0.id == id }
    if let listing = listings.first(where: { [.refused, .disabled].contains($0.state) }) {
      return DuikouError(
        .unimplemented,
        "the plugin \(id) is \(listing.state.rawValue): "
          + (listing.reason?.message ?? "see duikou plugin list"))
    }
    let wasThere = state.withLock { $0.gone.contains(name) }
    return DuikouError(
      .unimplemented,
      wasThere
        ? "the plugin \(id) was removed while the daemon ran"
        : "no plugin \(id) is loaded: put its file into the plugin folder")
  }
}

extension MethodCatalog.Services {
  fileprivate init(_ registry: Registry, logger: Logger) {
    generation = registry.generation
    for runner in registry.runners.values {
      let plugin = runner.description
      do throws(DuikouError) {
        let contract = try ServiceContract(
          ServiceShape(plugin), schema: registry.schema, rowSizes: registry.rowSizes)
        let methods = contract.methods.enumerated().map { index, method in
          (
            method.name,
            PluginMethod(
              method: Registry.Method(runner: runner, index: index), contract: method,
              registry: registry)
          )
        }
        services[contract.name] = .init(
          contract: contract, methods: Dictionary(methods) { first, _ in first })
      } catch {
        // The host has refused such plugins already.
        logger.error("\(error.message)", metadata: ["plugin": "\(plugin.id)"])
      }
    }
  }
}
