/// The two calls through the peers.
enum PeerCall {
  static func benchmarks(_ stage: Stage) -> [any Benchmark] {
    calls(stage)
      + ["encode", "decode"].map { command in
        Measured(name: "protobuf-cpp/\(command)") {
          try stage.peers[.grpc]?.ask(command, samples: 1000, pauseMicroseconds: 0)
        }
      }
  }

  private static func calls(_ stage: Stage) -> [any Benchmark] {
    Peer.allCases.flatMap { peer in
      Wakefulness.allCases.flatMap { state in
        Kind.allCases.map { kind in
          Measured(name: "\(peer)/\(kind)/\(state)") {
            try stage.peers[peer]?.ask(
              kind == .empty ? "nothing" : "find", samples: state.samples / 2,
              pauseMicroseconds: state.pauseMicroseconds)
          }
        }
      }
    }
  }
}
