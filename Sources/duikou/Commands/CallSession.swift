import DuikouClient
import DuikouModel
import DuikouTerminal
import DuikouWire
import GRPCCore

/// One call of `duikou call`: JSON in, JSON out, the status at the end.
struct CallSession {
  let connection: DaemonConnection
  let finder: SymbolFinder
  let metadata: [Metadata.Element]
  let deadline: Duration?
  let isVerbose: Bool
  let language: Language

  /// Calls the method and returns the exit code.
  func run(_ name: String, input: CallInput) async throws(DuikouError) -> Int32 {
    let found = try await finder.method(name)
    let method = found.method
    let documents = try input.documents(isStream: method.isClientStreaming)
    var types: Set = [method.input, method.output]
    for document in documents { types.formUnion(MessageCodec.anyTypes(in: document)) }
    let codec = MessageCodec(try await finder.reflection.load(types))
    var requests: [[UInt8]] = []
    for document in documents {
      requests.append(try codec.encode(document, as: method.input))
    }
    let call = DynamicCall(
      service: found.service, method: method.name, metadata: Metadata(metadata),
      deadline: deadline)
    let outcome = try await call.run(
      over: connection, requests: requests
    ) { event throws(DuikouError) in
      switch event {
      case .initialMetadata(let metadata):
        show(metadata, language.pick("开头的元数据", "initial metadata"))
      case .message(let bytes):
        try await show(bytes, of: method.output)
      }
    }
    show(outcome.trailingMetadata, language.pick("结尾的元数据", "trailing metadata"))
    guard outcome.code != .ok else { return 0 }
    let details = await details(of: outcome)
    Failure.print(DuikouError(outcome.code, outcome.message), details: details)
    return 64 + outcome.code.rawValue
  }

  private func show(_ bytes: [UInt8], of type: String) async throws(DuikouError) {
    let json = try await decode(bytes, as: type)
    let terminal = Terminal.standardOutput
    let text = terminal.isInteractive ? json.indentedText : json.compactText
    guard !terminal.write(text + "\n") else { return }
    if terminal.isClosed { Terminal.endUnread() }
    throw DuikouError(.cancelled, "the answers cannot be written, so the call was ended")
  }

  private static let roundLimit = 16

  /// Decodes a message, with the types that values of `Any` in it turn out to have, and those in these; as
  /// far as the server describes them.
  private func decode(_ bytes: [UInt8], as type: String) async throws(DuikouError) -> JSONValue {
    var decoded = try MessageCodec(try await finder.reflection.load([])).decode(bytes, as: type)
    var asked: Set<String> = []
    for _ in 0..<Self.roundLimit {
      let missing = decoded.missing.subtracting(asked)
      guard !missing.isEmpty, let pool = try? await finder.reflection.load(missing),
        let more = try? MessageCodec(pool).decode(bytes, as: type)
      else { break }
      asked.formUnion(missing)
      decoded = more
    }
    return decoded.json
  }

  private func show(_ metadata: Metadata, _ title: String) {
    guard isVerbose else { return }
    let terminal = Terminal.standardError
    terminal.write(terminal.styled("\(title):", .dim) + "\n")
    let shown = metadata.filter { !Self.isOfProtocol($0.key) }
    if shown.isEmpty { terminal.write("  \(language.pick("无", "none"))\n") }
    for (key, value) in shown { terminal.write(foreign: "  \(key): \(value.encoded())\n") }
  }

  /// Whether HTTP/2 and gRPC have sent it by themselves.
  private static func isOfProtocol(_ key: String) -> Bool {
    key.hasPrefix(":") || key.hasPrefix("grpc-") || key == "content-type"
  }

  /// What came with a status, each with its type and what it holds; empty where it cannot be read.
  private func details(of outcome: CallOutcome) async -> [JSONValue] {
    guard let bytes = outcome.details,
      let status = try? await decode(bytes, as: "google.rpc.Status"),
      case .array(let details)? = status["details"]
    else { return [] }
    return details
  }
}
