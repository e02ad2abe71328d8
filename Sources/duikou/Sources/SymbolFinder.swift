import DuikouClient
import DuikouModel
import DuikouWire

/// Finds services, methods and messages of a server by the names that people give them.
struct SymbolFinder: Sendable {
  let reflection: ReflectionClient

  init(_ reflection: ReflectionClient) {
    self.reflection = reflection
  }

  /// All services that the server describes.
  func services() async throws(DuikouError) -> [ServiceType] {
    let names = try await reflection.services().sorted()
    let pool = try await reflection.load(names)
    return names.compactMap { pool.service($0) }
  }

  /// The one method that a name such as `places/Places` means, with its service's full name.
  ///
  /// Throws `notFound` with the nearest names, `invalidArgument` where it means several.
  func method(
    _ name: String
  ) async throws(DuikouError) -> (service: String, method: ServiceType.Method) {
    let path = name.drop { $0 == "/" }
    // Some write the method behind a dot.
    guard let cut = path.lastIndex(of: "/") ?? path.lastIndex(of: ".") else {
      throw DuikouError(
        .invalidArgument, "\(name) is no method: write SERVICE/METHOD; --list shows them")
    }
    let wanted = String(path[path.index(after: cut)...])
    let services = try await services(String(path[..<cut]))
    let found = services.flatMap { service in
      let exact = service.methods.filter { $0.name == wanted }
      let some = exact.isEmpty ? service.methods.filter { $0.name.isSame(as: wanted) } : exact
      return some.map { (service: service.name, method: $0) }
    }
    guard let first = found.first else {
      let methods = services.flatMap(\.methods).map(\.name)
      throw DuikouError(
        .notFound,
        "\(services.map(\.name).joined(separator: ", ")) has no method \(wanted); "
          + Self.hint(near: NearestNames.to(wanted, in: methods), all: methods))
    }
    guard found.count == 1 else {
      let names = found.map { "\($0.service)/\($0.method.name)" }.joined(separator: ", ")
      throw DuikouError(.invalidArgument, "\(name) may mean \(names): say more of the name")
    }
    return first
  }

  /// What a service, `SERVICE/METHOD` or a message looks like; without a name, all services.
  func describe(_ name: String?) async throws(DuikouError) -> [DescribedSymbol] {
    guard let name else { return described(try await services().map(\.name), await pool()) }
    if name.contains("/") {
      let found = try await method(name)
      let types = [found.method.input, found.method.output]
      let pool = try await reflection.load(types)
      return described(
        ["\(found.service).\(found.method.name)"] + (types[0] == types[1] ? [types[0]] : types),
        pool)
    }
    let all = ServiceNames(try await reflection.services())
    let matching = all.matching(name)
    if matching.count == 1 { return described(matching, try await reflection.load(matching)) }
    let pool = try await reflection.load([name] + all.names)
    if pool.file(containing: name) != nil { return described([name], pool) }
    let messages = ServiceNames(pool.messageNames)
    let found = matching + messages.matching(name)
    guard let first = found.first else {
      throw DuikouError(
        .notFound,
        "there is no service or message \(name); "
          + Self.hint(
            near: ServiceNames(all.names + messages.names).nearest(to: name), all: all.names))
    }
    guard found.count == 1 else {
      let names = found.joined(separator: ", ")
      throw DuikouError(.invalidArgument, "\(name) may mean \(names): say more of the name")
    }
    return described([first], pool)
  }

  private func pool() async -> DescriptorPool {
    (try? await reflection.load([])) ?? DescriptorPool()
  }

  /// The services that a name may mean, at least one.
  private func services(_ name: String) async throws(DuikouError) -> [ServiceType] {
    let all = ServiceNames(try await reflection.services())
    let matching = all.matching(name)
    guard !matching.isEmpty else {
      throw DuikouError(
        .notFound,
        "there is no service \(name); " + Self.hint(near: all.nearest(to: name), all: all.names))
    }
    let pool = try await reflection.load(matching)
    let services = matching.compactMap { pool.service($0) }
    guard !services.isEmpty else {
      throw DuikouError(
        .failedPrecondition,
        "the server's reflection does not describe \(matching.joined(separator: ", "))")
    }
    return services
  }

  private func described(_ names: [String], _ pool: DescriptorPool) -> [DescribedSymbol] {
    names.compactMap { DescribedSymbol($0, in: pool) }
  }

  private static func hint(near: [String], all: [String]) -> String {
    guard near.isEmpty else { return "near: \(near.joined(separator: ", "))" }
    return all.isEmpty ? "there are none" : "there are: \(all.joined(separator: ", "))"
  }
}

extension String {
  fileprivate func isSame(as other: String) -> Bool { lowercased() == other.lowercased() }
}
