import Foundation

/// Measures how fast terms are found in Chinese text, beside peers, in interleaved rounds.
///
/// `duikou-bench-text REPOSITORY [--peers FOLDER] [--rounds N] [--terms N]... [--megabytes N]`
@main
struct DuikouBenchText {
  private var repository: URL?
  private var peers: URL?
  private var rounds = 7
  private var terms: [Int] = []
  private var megabytes = 96

  struct Usage: Error, CustomStringConvertible {
    let description = """
      usage: duikou-bench-text REPOSITORY [--peers FOLDER] [--rounds N] [--terms N]... [--megabytes N]
      """
  }

  static func main() throws {
    signal(SIGPIPE, SIG_IGN)
    var bench = DuikouBenchText()
    try bench.read(CommandLine.arguments.dropFirst())
    try bench.run()
  }

  private mutating func read(_ arguments: ArraySlice<String>) throws {
    var rest = arguments
    func number() throws -> Int {
      guard let number = rest.popFirst().flatMap({ Int($0) }), number > 0 else { throw Usage() }
      return number
    }
    while let argument = rest.popFirst() {
      switch argument {
      case "--peers": peers = rest.popFirst().map { URL(fileURLWithPath: $0) }
      case "--rounds": rounds = try number()
      case "--terms": terms.append(try number())
      case "--megabytes": megabytes = try number()
      default: repository = URL(fileURLWithPath: argument)
      }
    }
    if terms.isEmpty { terms = [3_000, 35_000, 50_000] }
  }

  private func run() throws {
    guard let repository else { throw Usage() }
    let files = FileManager.default.temporaryDirectory.appending(path: "duikou-bench-\(getpid())")
    defer { try? FileManager.default.removeItem(at: files) }
    let stage = Stage(
      repository: repository, peers: peers, files: files, byteCount: megabytes << 20)
    for count in terms {
      let contestants = try stage.contestants(terms: count)
      var findings: [[Finding]] = []
      for _ in 0...rounds { findings.append(try contestants.map { try $0.run() }) }
      let report = SpeedReport(names: contestants.map(\.name), rounds: Array(findings.dropFirst()))
      print(report.table())
    }
  }
}
