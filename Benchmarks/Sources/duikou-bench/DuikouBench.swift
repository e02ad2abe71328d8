import ArgumentParser
import Foundation

@main
struct DuikouBench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "duikou-bench",
    abstract: "Measures what a call costs, beside its yardsticks, in interleaved rounds.")

  @Option(help: "How many rounds are measured, behind one that warms up.")
  var rounds = 7

  @Flag(help: "Print JSON instead of a table.")
  var json = false

  @Option(help: "Only benchmarks whose names begin so, and what they are compared with.")
  var only: [String] = []

  @Option(help: "The folder of the built peers, which then take part.")
  var peers: String?

  @Option(help: "The built daemon, beside its worker, which then takes part with the peers.")
  var daemon: String?

  func validate() throws {
    guard rounds > 0 else { throw ValidationError("There must be at least one round.") }
  }

  func run() async throws {
    signal(SIGPIPE, SIG_IGN)
    let stage = try Stage(peersFolder: peers, daemon: daemon)
    let benchmarks = Catalogue.chosen(only, from: Catalogue.all(stage))
    guard !benchmarks.isEmpty else { throw ValidationError("No benchmark has such a name.") }
    let load = MachineFacts.load
    let values = try await Rounds(benchmarks: benchmarks, count: rounds).run()
    let peers = stage.peers.values.map(\.description) + stage.servers.values.map(\.description)
    let report = Report(
      machine: MachineFacts(loadBefore: load, peers: peers.sorted()),
      rounds: rounds, lines: benchmarks.compactMap { Report.Line($0, values) })
    print(json ? try report.json() : report.table())
  }
}
