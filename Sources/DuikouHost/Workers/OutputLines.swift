import DuikouModel

/// Splits what a worker writes into lines, and decides which of them are logged: a value, fed with
/// bytes and a time.
struct OutputLines: Sendable {
  struct Line: Sendable, Hashable {
    /// A severity of `duikou/plugin.h` for a line of `dk_host.log`; nil for plain output.
    var severity: UInt32?
    var text: String
  }

  /// What a worker writes to. The lines of one are not mixed with those of the other.
  enum Pipe: Int, Sendable {
    case out
    case err
  }

  /// Lines a second that are logged; more are counted.
  static let linesPerSecond = 100
  /// Bytes of the longest line; the rest of a longer one is a line of its own.
  static let longest = 4096
  /// How many lines are remembered for the report of a crash.
  static let remembered = 10

  /// What was written last.
  private(set) var tail: [String] = []
  /// The beginning of a line, for each pipe.
  private var pending: [[UInt8]] = [[], []]
  private var second: Int64 = .min
  private var logged = 0
  private var suppressed = 0

  /// Takes bytes that came through a pipe at `now` (nanoseconds), and returns what is to be logged.
  mutating func add(_ bytes: some Sequence<UInt8>, from pipe: Pipe, now: Int64) -> [Line] {
    var lines: [Line] = []
    for byte in bytes {
      // A line of `dk_host.log` begins here, whether or not the one before it has an end.
      if byte == Self.mark { lines += finish(pipe, now: now) }
      if byte != 0x0a { pending[pipe.rawValue].append(byte) }
      if byte == 0x0a || pending[pipe.rawValue].count >= Self.longest {
        lines += endLine(of: pipe, now: now)
      }
    }
    return lines
  }

  /// Ends the last line of a pipe, which may lack its end.
  mutating func finish(_ pipe: Pipe, now: Int64) -> [Line] {
    pending[pipe.rawValue].isEmpty ? [] : endLine(of: pipe, now: now)
  }

  private mutating func endLine(of pipe: Pipe, now: Int64) -> [Line] {
    let line = Self.parse(pending[pipe.rawValue])
    pending[pipe.rawValue].removeAll(keepingCapacity: true)
    guard !line.text.isEmpty else { return [] }
    tail.append(line.text)
    if tail.count > Self.remembered { tail.removeFirst() }
    var lines: [Line] = []
    if now / 1_000_000_000 != second {
      second = now / 1_000_000_000
      logged = 0
      if suppressed > 0 {
        lines.append(Line(severity: nil, text: "\(suppressed) more lines were left out"))
        suppressed = 0
      }
    }
    guard logged < Self.linesPerSecond else {
      suppressed += 1
      return lines
    }
    logged += 1
    return lines + [line]
  }

  /// A line of `dk_host.log` begins with this and the digit of its severity.
  private static let mark: UInt8 = 0x1e

  private static func parse(_ bytes: [UInt8]) -> Line {
    guard bytes.count >= 2, bytes[0] == mark, (0x31...0x34).contains(bytes[1]) else {
      return Line(severity: nil, text: text(bytes[...]))
    }
    return Line(severity: UInt32(bytes[1] - 0x30), text: text(bytes[2...]))
  }

  /// Text without what could move the cursor of whoever reads the log.
  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self).withoutControls
  }
}
