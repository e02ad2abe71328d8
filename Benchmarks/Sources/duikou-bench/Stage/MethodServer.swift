/// What serves the bench plugin's methods by gRPC, to the same client.
enum MethodServer: String, CaseIterable, Sendable, CustomStringConvertible {
  /// gRPC C++ that does the work itself.
  case native
  /// `duikoud`, which has an isolated plugin do it.
  case daemon

  var description: String { rawValue }

  /// Starts a client, which starts the server. `daemon` is the path of `duikoud`, beside its worker.
  func start(in folder: String, daemon: String, scratch: ScratchFolder) throws -> PeerProcess {
    let folder = "\(folder)/grpc-cpp"
    let text = try scratch.write("text", SampleText.bytes)
    let socket = "\(scratch.path)/\(self).sock"
    let (name, command) =
      switch self {
      case .native: ("the same client to gRPC C++", ["\(folder)/methods_server", socket])
      case .daemon:
        (
          "the same client to duikoud",
          try Self.command(of: daemon, socket: socket, scratch: scratch)
        )
      }
    return try PeerProcess("\(folder)/methods_client", [name, socket, text] + command)
  }

  /// Without its access log: the other server has none.
  private static func command(
    of daemon: String, socket: String, scratch: ScratchFolder
  ) throws -> [String] {
    [
      daemon, "--data", "\(scratch.path)/daemon", "--socket", socket, "--plugins",
      try scratch.folder("plugins", with: Programs.plugin), "--access-log", "off", "--log-level",
      "error",
    ]
  }
}
