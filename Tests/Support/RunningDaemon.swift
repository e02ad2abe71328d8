import Foundation

/// A daemon in a process of its own, with the shipped plugins, killed when the test is done.
public final class RunningDaemon: Sendable {
  /// Its data folder.
  public let data: String
  private let process = Process()
  private let log: String

  /// Starts the daemon over a data folder, which may hold data already, and waits until it serves.
  public init(data: String, plugins: String, arguments: [String] = []) throws {
    self.data = data
    log = data + ".log"
    process.executableURL = URL(fileURLWithPath: "\(Repository.products)/duikoud")
    // Whoever has built the plugins, by whatever umask.
    let trust = arguments.contains("--plugin-trust") ? [] : ["--plugin-trust", "any"]
    process.arguments = ["--data", data, "--plugins", plugins] + trust + arguments
    try Data().write(to: URL(fileURLWithPath: log))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    for _ in 0..<1000 {
      if messages.contains("] serving") || messages.contains("\"serving\"") { return }
      guard process.isRunning else { break }
      usleep(20_000)
    }
    process.terminate()
    throw Program.Failed(description: "the daemon does not serve:\n\(messages)")
  }

  deinit {
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
  }

  /// What it has logged.
  public var messages: String {
    (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
  }

  /// Its private memory, in bytes.
  public var residentBytes: Int {
    let path = "/proc/\(process.processIdentifier)/smaps_rollup"
    let text = FileHandle(forReadingAtPath: path).map { $0.readDataToEndOfFile() } ?? Data()
    let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
    return lines.filter { $0.hasPrefix("Private_") }
      .compactMap { Int($0.split(separator: " ").dropFirst().first ?? "") }
      .reduce(0, +) * 1024
  }

  public var address: String { "unix:\(data)/duikou.sock" }

  /// Sends a signal.
  public func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// Waits for its end and returns the exit status, 128 plus the signal where one ended it.
  public func wait() -> Int32 {
    process.waitUntilExit()
    let isSignal = process.terminationReason == .uncaughtSignal
    return process.terminationStatus + (isSignal ? 128 : 0)
  }

  /// Sends a signal and waits for its end.
  public func stop(_ signal: Int32 = SIGTERM) -> Int32 {
    send(signal)
    return wait()
  }
}
