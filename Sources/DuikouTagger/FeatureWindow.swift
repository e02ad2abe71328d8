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

  /// Writes the features of the character at `index` to `features`, which has room for `count`.
  @inline(__always)
  func write(at index: Int, to features: UnsafeMutablePointer<UInt32>) {
    forms.withUnsafeBufferPointer { forms in
      kinds.withUnsafeBufferPointer { kinds in
        marks.withUnsafeBufferPointer { marks in
          Self.write(
            forms.baseAddress.unsafelyUnwrapped + index,
            kinds.baseAddress.unsafelyUnwrapped + index,
            hasWords ? marks.baseAddress.unsafelyUnwrapped + index : nil, to: features)
        }
      }
    }
  }

  /// `forms` and so on begin `reach` characters before the one that is described.
  @inline(__always)
  private static func write(
    _ forms: UnsafePointer<UInt32>, _ kinds: UnsafePointer<UInt8>, _ marks: UnsafePointer<UInt8>?,
    to features: UnsafeMutablePointer<UInt32>
  ) {
    let (a, b, c, d, e) = (forms[0], forms[1], forms[2], forms[3], forms[4])
    features[0] = hash(0, a)
    features[1] = hash(1, b)
    features[2] = hash(2, c)
    features[3] = hash(3, d)
    features[4] = hash(4, e)
    features[5] = hash(5, a, b)
    features[6] = hash(6, b, c)
    features[7] = hash(7, c, d)
    features[8] = hash(8, d, e)
    features[9] = hash(9, b, d)
    features[10] = hash(10, a, b, c)
    features[11] = hash(11, b, c, d)
    features[12] = hash(12, c, d, e)
    let near = UInt32(kinds[1]) << 8 | UInt32(kinds[2]) << 4 | UInt32(kinds[3])
    features[13] = hash(13, near)
    features[14] = hash(14, UInt32(kinds[0]) << 16 | near << 4 | UInt32(kinds[4]))
    guard let marks else { return }
    let (v, w, x, y, z) = (
      UInt32(marks[0]), UInt32(marks[1]), UInt32(marks[2]), UInt32(marks[3]), UInt32(marks[4])
    )
    let middle = w << 12 | x << 6 | y
    features[15] = hash(15, x)
    features[16] = hash(16, w << 6 | x)
    features[17] = hash(17, x << 6 | y)
    features[18] = hash(18, middle)
    features[19] = hash(19, v << 24 | middle << 6 | z)
    features[20] = hash(20, middle, near)
    features[21] = hash(21, middle, c)
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
