import DuikouText

/// The characters of a sentence as features see them, and the features of each.
///
/// A feature is a number of 28 bits, hashed from which template it is of and from what stands there.
struct FeatureWindow {
  /// How many characters before and behind one are seen.
  static let reach = 2
  /// How many features a character has, without words and with them.
  static let counts = (plain: 15, withWords: 22)

  /// Forms, kinds and marks, with `reach` empty ones at either end.
  private(set) var forms: [UInt32] = []
  private var kinds: [UInt8] = []
  /// The class of the word that stands there and which part of it, or 0.
  private(set) var marks: [UInt8] = []
  private let hasWords: Bool

  init(hasWords: Bool) { self.hasWords = hasWords }

  /// How many features a character has.
  var count: Int { hasWords ? Self.counts.withWords : Self.counts.plain }

  /// Starts a sentence of so many characters.
  mutating func reset(count: Int) {
    let size = count + 2 * Self.reach
    forms.removeAll(keepingCapacity: true)
    forms.append(contentsOf: repeatElement(0, count: size))
    kinds.removeAll(keepingCapacity: true)
    kinds.append(contentsOf: repeatElement(0, count: size))
    marks.removeAll(keepingCapacity: true)
    marks.append(contentsOf: repeatElement(0, count: size))
  }

  /// Puts a character to its place, from 0.
  mutating func set(_ scalar: UInt32, at index: Int) {
    forms[index + Self.reach] = CharacterForm.of(scalar)
    kinds[index + Self.reach] = CharacterForm.kind(of: scalar)
  }

  /// Marks the characters of a word.
  mutating func mark(_ range: Range<Int>, kind: Int) {
    let base = UInt8(1 + 4 * kind)
    guard range.count > 1 else {
      marks[range.lowerBound + Self.reach] = base
      return
    }
    for at in range { marks[at + Self.reach] = base + 2 }
    marks[range.lowerBound + Self.reach] = base + 1
    marks[range.upperBound - 1 + Self.reach] = base + 3
  }

  /// How many of a character's features tell of characters, and not of kinds and marks alone.
  var textCount: Int { hasWords ? 14 : 13 }

  /// Writes the features of the character at `index` to `features`, which has room for `count`.
  @inline(__always)
  func write(at index: Int, to features: UnsafeMutablePointer<UInt32>) {
    writeText(at: index, to: features)
    writeContext(at: index, to: features + textCount)
  }

  /// Writes the features that tell of characters.
  @inline(__always)
  func writeText(at index: Int, to features: UnsafeMutablePointer<UInt32>) {
    let (a, b, c, d, e) = (
      forms[index], forms[index &+ 1], forms[index &+ 2], forms[index &+ 3], forms[index &+ 4]
    )
    features[0] = Self.hash(0, a)
    features[1] = Self.hash(1, b)
    features[2] = Self.hash(2, c)
    features[3] = Self.hash(3, d)
    features[4] = Self.hash(4, e)
    features[5] = Self.hash(5, a, b)
    features[6] = Self.hash(6, b, c)
    features[7] = Self.hash(7, c, d)
    features[8] = Self.hash(8, d, e)
    features[9] = Self.hash(9, b, d)
    features[10] = Self.hash(10, a, b, c)
    features[11] = Self.hash(11, b, c, d)
    features[12] = Self.hash(12, c, d, e)
    if hasWords { features[13] = Self.hash(21, marks(at: index).near, c) }
  }

  /// Writes the features that tell of kinds and marks alone: the same ones wherever `context` is the same.
  @inline(__always)
  func writeContext(at index: Int, to features: UnsafeMutablePointer<UInt32>) {
    let kinds = kinds(at: index)
    features[0] = Self.hash(13, kinds.near)
    features[1] = Self.hash(14, kinds.all)
    guard hasWords else { return }
    let marks = marks(at: index)
    features[2] = Self.hash(15, marks.near >> 6 & 0x3f)
    features[3] = Self.hash(16, marks.near >> 6)
    features[4] = Self.hash(17, marks.near & 0xfff)
    features[5] = Self.hash(18, marks.near)
    features[6] = Self.hash(19, marks.all)
    features[7] = Self.hash(20, marks.near, kinds.near)
  }

  /// What is known of the characters around one but which they are.
  @inline(__always)
  func context(at index: Int) -> UInt64 {
    UInt64(kinds(at: index).all) << 32 | UInt64(marks(at: index).all)
  }

  /// Of the characters next to one and itself, and with those behind them.
  @inline(__always)
  private func kinds(at index: Int) -> (near: UInt32, all: UInt32) {
    let near =
      UInt32(kinds[index &+ 1]) << 8 | UInt32(kinds[index &+ 2]) << 4 | UInt32(kinds[index &+ 3])
    return (near, UInt32(kinds[index]) << 16 | near << 4 | UInt32(kinds[index &+ 4]))
  }

  @inline(__always)
  private func marks(at index: Int) -> (near: UInt32, all: UInt32) {
    let near =
      UInt32(marks[index &+ 1]) << 12 | UInt32(marks[index &+ 2]) << 6 | UInt32(marks[index &+ 3])
    return (near, UInt32(marks[index]) << 24 | near << 6 | UInt32(marks[index &+ 4]))
  }

  @inline(__always)
  private static func hash(
    _ template: UInt64, _ first: UInt32, _ second: UInt32 = 0, _ third: UInt32 = 0
  ) -> UInt32 {
    var value = (template &+ 1) &* 0x9e37_79b9_7f4a_7c15
    value = value &+ UInt64(first) &* 0xd6e8_feb8_6659_fd93
    value = value &+ UInt64(second) &* 0xa076_1d64_78bd_642f
    value = value &+ UInt64(third) &* 0xe703_7ed1_a0b4_28db
    value = (value ^ value >> 32) &* 0x8ebc_6af0_9c88_c6e3
    return UInt32(truncatingIfNeeded: value >> 36)
  }
}
