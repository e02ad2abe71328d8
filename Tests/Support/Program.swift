import Foundation

/// A program run to its end.
public struct Program: Sendable {
  public var status: Int32
  public var output: String
  public var errors: String

  public struct Failed: Error, CustomStringConvertible {
    public var description: String
  }

  /// Runs a program over an input and waits for it. A program that a signal ended has 128 plus its
  /// number as status.
  public static func run(
    _ path: String, _ arguments: [String], environment: [String: String] = [:],
    folder: String? = nil, input: String = ""
  ) throws -> Program {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    // Files instead of pipes: a pipe that nobody empties stops the program.
    let scratch = try TemporaryFolder()
    let out = try scratch.write("out", [])
    let err = try scratch.write("err", [])
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: out))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: err))
    let file = try scratch.write("in", input.utf8)
    process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: file))
    try process.run()
    process.waitUntilExit()
    let isSignal = process.terminationReason == .uncaughtSignal
    return Program(
      status: process.terminationStatus + (isSignal ? 128 : 0),
      output: try text(out), errors: try text(err))
  }

  /// Runs a program that must end with 0, and returns what it printed.
  @discardableResult
  public static func check(
    _ path: String, _ arguments: [String], environment: [String: String] = [:],
    folder: String? = nil
  ) throws -> String {
    let program = try run(path, arguments, environment: environment, folder: folder)
    guard program.status == 0 else {
      throw Failed(
        description:
          "\(path) \(arguments.joined(separator: " ")) ended with \(program.status):\n"
          + program.errors + program.output.suffix(4000))
    }
    return program.output
  }

  private static func text(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
  }
}
