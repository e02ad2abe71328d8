import DuikouModel
import Foundation

/// What protects the host from plugins on this machine, as a worker finds it.
public struct Protections: Sendable {
  public enum State: String, Sendable, Codable {
    case yes
    case partial
    case no
  }

  public struct Entry: Sendable {
    /// Such as `landlock`.
    public var name: String
    public var state: State
    /// What was found, in a few words.
    public var detail: String
  }

  public let entries: [Entry]

  /// Asks the worker's program. Throws `notFound` without one, `unavailable` when it does not answer.
  public static func find() throws(DuikouError) -> Protections {
    let program = try WorkerProgram.find()
    do {
      let process = Process()
      let pipe = Pipe()
      process.executableURL = URL(fileURLWithPath: program.path)
      process.arguments = Array(program.arguments(serial: 0).dropFirst()) + ["--probe"]
      process.standardOutput = pipe
      process.standardInput = FileHandle.nullDevice
      try process.run()
      let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      let entries = String(decoding: data, as: UTF8.self).split(separator: "\n")
        .compactMap { Entry($0) }
      guard !entries.isEmpty else { throw CocoaError(.fileReadCorruptFile) }
      return Protections(entries: entries)
    } catch {
      throw DuikouError(
        .unavailable, "\(program.path) does not say what protects this machine", cause: error)
    }
  }

  /// Throws `failedPrecondition` for a protection that is demanded and not there.
  func check(_ required: [String]) throws(DuikouError) {
    for name in required {
      guard let entry = entries.first(where: { $0.name == name }) else {
        let names = entries.map(\.name).joined(separator: ", ")
        throw DuikouError(
          .invalidArgument, "there is no protection called \(name); there are: \(names)")
      }
      guard entry.state == .yes else {
        throw DuikouError(
          .failedPrecondition,
          "this machine lacks the protection \(name), which is demanded: \(entry.detail)")
      }
    }
  }
}

extension Protections.Entry {
  /// Reads a line: name, state and detail between tabs.
  fileprivate init?(_ line: Substring) {
    let fields = line.split(separator: "\t", maxSplits: 2, omittingEmptySubsequences: false)
    guard fields.count >= 2, let state = Protections.State(rawValue: String(fields[1])) else {
      return nil
    }
    self.init(
      name: String(fields[0]), state: state, detail: fields.count > 2 ? String(fields[2]) : "")
  }
}
