import DuikouPlugin
import Synchronization

/// A method that keeps what its configuration says, and throws where that says so.
struct Told: ConfiguredMethod {
  static let summary = "Tells its configuration."
  static let uses: [Use] = []
  /// Of the last one that was made.
  static let last = Mutex("")
  /// How many there are.
  static let living = Mutex(0)
  private let life = Life()

  init(_ configuration: Configuration<HotelSettings>) throws {
    let word = configuration.word ?? "nothing"
    let most = configuration.most.map { "\($0)" } ?? "any"
    let least = configuration.least.map { "\($0)" } ?? "any"
    let share = configuration.share.map { "\($0)" } ?? "any"
    let list = configuration.bytes(\.list).map { ", \($0)" } ?? ""
    Self.last.withLock { $0 = "\(word), \(most), \(least), \(share)\(list)" }
    if configuration.least == -1 { throw DuikouError(.outOfRange, "least is -1") }
    if configuration.least == -2 { throw Odd() }
  }

  func run(_ call: Call) {}

  private struct Odd: Error {}

  private final class Life: Sendable {
    init() { Told.living.withLock { $0 += 1 } }
    deinit { Told.living.withLock { $0 -= 1 } }
  }
}
