import DuikouAPI
import DuikouClient
import DuikouWire
import Foundation

/// What a shell offers where a method's name is being written.
enum MethodCompletion {
  /// Services' short names with their methods, and the full ones where those have been begun; nothing
  /// where no daemon answers.
  static func candidates(for prefix: String, arguments: [String]) async -> [String] {
    guard let host = host(arguments), let address = try? DaemonAddress(host),
      let connection = try? await DaemonConnection(address)
    else { return [] }
    let finder = SymbolFinder(ReflectionClient(connection, deadline: .seconds(1)))
    let services = (try? await finder.services()) ?? []
    await connection.close()
    let names = ServiceNames(services.map(\.name))
    let short = services.flatMap { service in
      service.methods.map { "\(names.shortest(service.name))/\($0.name)" }
    }
    let full = services.flatMap { service in service.methods.map { "\(service.name)/\($0.name)" } }
    let fitting = short.filter { $0.hasPrefix(prefix) }
    return fitting.isEmpty ? full.filter { $0.hasPrefix(prefix) } : fitting
  }

  private static func host(_ arguments: [String]) -> String? {
    for (index, argument) in arguments.enumerated() {
      if argument.hasPrefix("--host=") { return String(argument.dropFirst(7)) }
      if argument == "--host", index + 1 < arguments.count { return arguments[index + 1] }
    }
    return ProcessInfo.processInfo.environment["DUIKOU_HOST"]
  }
}
