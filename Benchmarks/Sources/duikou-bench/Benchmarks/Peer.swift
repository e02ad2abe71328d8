/// A peer that does the same two calls, in processes of its own.
enum Peer: String, CaseIterable, Sendable, CustomStringConvertible {
  case grpc = "grpc-cpp"
  case goPlugin = "go-plugin"

  var description: String { rawValue }

  /// Starts its client, which starts the other side.
  func start(in folder: String, scratch: ScratchFolder) throws -> PeerProcess {
    let folder = "\(folder)/\(rawValue)"
    let text = try scratch.write("text", SampleText.bytes)
    return switch self {
    case .grpc:
      try PeerProcess(
        "\(folder)/client", ["\(folder)/server", "\(scratch.path)/grpc.sock", text])
    case .goPlugin: try PeerProcess("\(folder)/host", ["\(folder)/plugin", text])
    }
  }
}
