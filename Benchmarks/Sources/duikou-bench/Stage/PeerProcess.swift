import Foundation
import Synchronization

/// A peer's client: it takes a command on a line and answers with a line of JSON.
final class PeerProcess: Sendable {
  private struct Answer: Decodable {
    var value: Double?
    var peer: String?
  }

  /// Name and version of what is measured.
  let description: String
  private let process = Process()
  private let commands: FileHandle
  private let answers: LineReader

  init(_ program: String, _ arguments: [String]) throws {
    let input = Pipe()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    commands = input.fileHandleForWriting
    answers = LineReader(output.fileHandleForReading)
    description = try answers.next(Answer.self).peer ?? program
  }

  deinit {
    try? commands.close()
    process.waitUntilExit()
  }

  /// The answer to a command: nanoseconds or bytes.
  func ask(_ command: String, samples: Int, pauseMicroseconds: Int = 0) throws -> Double {
    let line = "\(command) \(samples) \(pauseMicroseconds)\n"
    try commands.write(contentsOf: Data(line.utf8))
    guard let value = try answers.next(Answer.self).value else {
      throw Failure("\(description) does not answer \(command)")
    }
    return value
  }
}

/// Reads lines of JSON.
private final class LineReader: Sendable {
  private let handle: FileHandle
  private let rest = Mutex(Data())

  init(_ handle: FileHandle) { self.handle = handle }

  func next<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try JSONDecoder().decode(type, from: try line())
  }

  private func line() throws -> Data {
    try rest.withLock { rest in
      while true {
        if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
          defer { rest = Data(rest[rest.index(after: end)...]) }
          return Data(rest[..<end])
        }
        let data = handle.availableData
        guard !data.isEmpty else { throw Failure("a peer has ended; see its message") }
        rest += data
      }
    }
  }
}
