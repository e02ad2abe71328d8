import DuikouModel

/// The way into a plugin's methods, which every call takes first, wherever the plugin runs: no more at
/// once than a method says.
struct MethodGates: Sendable {
  /// A call that has come in, until it leaves.
  struct Entry: Sendable {
    let deadline: Deadline?
    fileprivate let gate: CallGate?

    func leave() { gate?.leave() }
  }

  private let plugin: String
  private let gates: [CallGate?]

  init(_ plugin: PluginDescription) {
    self.plugin = plugin.id
    gates = plugin.methods.map { $0.concurrency > 0 ? CallGate(width: $0.concurrency) : nil }
  }

  /// Enters. Throws `unimplemented` where there is no such method; `deadlineExceeded` or `cancelled`
  /// where that comes first.
  func enter(_ request: CallRequest) async throws(DuikouError) -> Entry {
    let entry = try entry(of: request)
    try await entry.gate?.enter(before: entry.deadline)
    return entry
  }

  /// The same on a thread that may block.
  func enterBlocking(_ request: CallRequest) throws(DuikouError) -> Entry {
    let entry = try entry(of: request)
    try entry.gate?.enterBlocking(before: entry.deadline)
    return entry
  }

  private func entry(of request: CallRequest) throws(DuikouError) -> Entry {
    guard gates.indices.contains(request.method) else {
      throw DuikouError(.unimplemented, "\(plugin) has no method \(request.method)")
    }
    return Entry(deadline: Deadline(after: request.timeout), gate: gates[request.method])
  }
}
