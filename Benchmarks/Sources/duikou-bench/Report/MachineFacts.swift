import Foundation

/// The machine that was measured on, without anything that names it.
struct MachineFacts: Encodable {
  var date: String
  var processor: String
  var cores: Int
  var kernel: String
  /// Average over a minute, before and behind the run.
  var loadBefore: String
  var loadAfter: String
  var compilers: [String]
  var peers: [String]

  init(loadBefore: String, peers: [String]) {
    date = Self.today()
    processor = Self.field("model name", in: "/proc/cpuinfo") ?? "unknown"
    cores = ProcessInfo.processInfo.activeProcessorCount
    kernel = Self.text("/proc/sys/kernel/osrelease") ?? "unknown"
    self.loadBefore = loadBefore
    loadAfter = Self.load
    compilers = ["swift", "c++"].compactMap(Self.version)
    self.peers = peers
  }

  var sentences: [String] {
    [
      date, "\(processor), \(cores) cores, Linux \(kernel)",
      "load \(loadBefore) before, \(loadAfter) behind", compilers.joined(separator: "; "),
    ] + (peers.isEmpty ? [] : ["peers: \(peers.joined(separator: "; "))"])
  }

  /// The load over the last minute.
  static var load: String {
    text("/proc/loadavg")?.split(separator: " ").first.map(String.init) ?? "unknown"
  }

  private static func today() -> String {
    Date().formatted(.iso8601.year().month().day())
  }

  private static func text(_ path: String) -> String? {
    ProcFile.text(path)?.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private static func field(_ name: String, in path: String) -> String? {
    text(path)?.split(separator: "\n").first { $0.hasPrefix(name) }?
      .split(separator: ":").last?.trimmingCharacters(in: .whitespaces)
  }

  /// The first line of what a compiler says of itself.
  private static func version(_ compiler: String) -> String? {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [compiler, "--version"]
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let data = (try? pipe.fileHandleForReading.readToEnd()) ?? nil
    process.waitUntilExit()
    return data.flatMap { String(decoding: $0, as: UTF8.self).split(separator: "\n").first }
      .map(String.init)
  }
}
