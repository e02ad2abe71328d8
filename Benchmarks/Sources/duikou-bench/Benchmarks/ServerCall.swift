/// Calls through the daemon to an isolated plugin, and to a native server that does the same work.
enum ServerCall {
  static func benchmarks(_ stage: Stage) -> [any Benchmark] {
    MethodServer.allCases.flatMap { server in
      Quantity.all.map { quantity in
        Measured(
          name: "\(server)/\(quantity.name)", aims: server == .daemon ? [quantity.aim] : []
        ) {
          try stage.servers[server]?.ask(
            quantity.command, samples: quantity.samples,
            pauseMicroseconds: quantity.pauseMicroseconds)
        }
      }
    }
  }

  /// What is measured at both servers.
  private struct Quantity {
    var name: String
    /// For the client.
    var command: String
    var samples: Int
    var pauseMicroseconds = 0
    /// What the daemon may cost, as a multiple of the native server; nil where nothing is wanted.
    var bound: Double?

    var aim: Aim { .times("\(MethodServer.native)/\(name)", atMost: bound) }

    static var all: [Quantity] {
      [
        Quantity(name: "empty/awake", command: "empty", samples: 500),
        Quantity(name: "doc/awake", command: "document", samples: 500, bound: 1.5),
        Quantity(name: "doc/p99", command: "document-p99", samples: 1000),
        Quantity(
          name: "doc/asleep", command: "document", samples: 50,
          pauseMicroseconds: Wakefulness.pauseMicroseconds),
        // For each document: as many a second as the native server are a ratio of 1.
        Quantity(name: "stream", command: "documents", samples: 15, bound: 1),
        Quantity(name: "empty/cpu", command: "cpu-empty", samples: 500),
        Quantity(name: "doc/cpu", command: "cpu-document", samples: 500),
        Quantity(name: "stream/cpu", command: "cpu-documents", samples: 15),
      ]
    }
  }
}
