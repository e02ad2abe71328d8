import DuikouClient
import DuikouWire

/// What a shell offers where a method's name is being written.
enum MethodCompletion {
  /// Services' short names with their methods, and the full ones where those have been begun; nothing
  /// where no daemon answers. Bash expands what it is offered: the pool has identifiers only.
  static func candidates(for prefix: String, arguments: [String]) async -> [String] {
    guard let connection = try? await options(arguments).connect() else { return [] }
    let finder = SymbolFinder(ReflectionClient(connection, deadline: .seconds(1)))
    let services = (try? await finder.services()) ?? []
    await connection.close()
    let names = ServiceNames(services.map(\.name))
    let short = services.flatMap { service in
      let name = names.shortest(service.name)
      return service.methods.map { "\(name)/\($0.name)" }
    }
    let full = services.flatMap { service in service.methods.map { "\(service.name)/\($0.name)" } }
    let fitting = short.filter { $0.hasPrefix(prefix) }
    return fitting.isEmpty ? full.filter { $0.hasPrefix(prefix) } : fitting
  }

  /// The options that say where to connect, out of a command line that is not finished.
  private static func options(_ arguments: [String]) -> ConnectionOptions {
    let names: Set = ["--host", "--ca", "--certificate", "--key", "--token-file"]
    var known: [String] = arguments.contains("--tls") ? ["--tls"] : []
    for (index, argument) in arguments.enumerated() {
      if let name = argument.split(separator: "=").first, name != argument[...] {
        if names.contains(String(name)) { known.append(argument) }
      } else if names.contains(argument), index + 1 < arguments.count {
        known += [argument, arguments[index + 1]]
      }
    }
    return (try? ConnectionOptions.parse(known)) ?? ConnectionOptions()
  }
}
