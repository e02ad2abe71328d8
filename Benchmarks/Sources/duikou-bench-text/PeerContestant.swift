import Foundation

/// A program that is given its files when it starts, and goes through the text once for each line that
/// it reads, answering with a line of JSON.
final class PeerContestant: Contestant {
  let name: String
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private var pending = Data()

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  init(_ name: String, command: [String]) throws {
    self.name = name
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.standardInput = input
    process.standardOutput = output
    try process.run()
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  func run() throws -> Finding {
    try input.fileHandleForWriting.write(contentsOf: Data("run\n".utf8))
    while true {
      if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
        let line = pending[..<end]
        pending = Data(pending[(end + 1)...])
        return try JSONDecoder().decode(Finding.self, from: line)
      }
      let more = output.fileHandleForReading.availableData
      guard !more.isEmpty else { throw Failure(description: "\(name) gave no answer.") }
      pending += more
    }
  }
}
