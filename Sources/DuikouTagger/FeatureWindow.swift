import DuikouText

/// The characters of a sentence as features see them, and the features of each.
struct FeatureWindow {
  /// How many characters before and behind one are seen.
  static let reach = 2
  /// How many features a character has, without words and with them.
  static let counts = (plain: 15, withWords: 22)
  /// How many groups of features begin at a place, at most.
  static let mostGroups = 5

  /// Forms, kinds and marks, with `reach` empty ones at either end, and two more behind the forms.
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
    // A group sees two characters behind where it begins.
    forms.append(contentsOf: repeatElement(0, count: size + 2))
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
  func write(at index: Int, to features: UnsafeMutablePointer<UInt32>) {
    writeContext(at: index, to: features)
    var next = contextCount
    func write(_ group: UInt32, _ place: Int) {
      features[next] = Feature(group: group, place: place).number
      next += 1
    }
    for place in 0..<5 { write(character(at: index + place), place) }
    for place in 0..<4 { write(pair(at: index + place), place) }
    write(apart(at: index + 1), 1)
    for place in 0..<3 { write(triple(at: index + place), place) }
    if hasWords { write(marked(at: index), 0) }
  }

  /// How many places have groups of features: those of the characters, and those at either end.
  var placeCount: Int { kinds.count }

  /// Calls `body` with the groups of features that begin at a place, counted from the first empty one in front. A feature of a
  /// group belongs to the character that stands as many before it as its own place says.
  @inline(__always)
  func forEachGroup(at place: Int, _ body: (UInt32) -> Void) {
    body(character(at: place))
    body(pair(at: place))
    body(apart(at: place))
    body(triple(at: place))
    if hasWords, place < kinds.count &- 2 * Self.reach { body(marked(at: place)) }
  }

  @inline(__always)
  private func character(at place: Int) -> UInt32 { Feature.group(0, forms[place]) }

  @inline(__always)
  private func pair(at place: Int) -> UInt32 {
    Feature.group(1, forms[place], forms[place &+ 1])
  }

  @inline(__always)
  private func apart(at place: Int) -> UInt32 {
    Feature.group(2, forms[place], forms[place &+ 2])
  }

  @inline(__always)
  private func triple(at place: Int) -> UInt32 {
    Feature.group(3, forms[place], forms[place &+ 1], forms[place &+ 2])
  }

  /// Of the character itself and the marks next to it.
  @inline(__always)
  private func marked(at index: Int) -> UInt32 {
    Feature.group(4, marks(at: index).near, forms[index &+ Self.reach])
  }

  /// How many of a character's features tell of kinds and marks alone.
  var contextCount: Int { hasWords ? 8 : 2 }

  /// Writes the features that tell of kinds and marks alone: the same ones wherever `context` is the same.
  @inline(__always)
  func writeContext(at index: Int, to features: UnsafeMutablePointer<UInt32>) {
    func write(_ slot: Int, _ first: UInt32, _ second: UInt32 = 0) {
      let group = Feature.group(UInt64(5 &+ slot), first, second)
      features[slot] = Feature(group: group, place: 0).number
    }
    let kinds = kinds(at: index)
    write(0, kinds.near)
    write(1, kinds.all)
    guard hasWords else { return }
    let marks = marks(at: index)
    write(2, marks.near >> 6 & 0x3f)
    write(3, marks.near >> 6)
    write(4, marks.near & 0xfff)
    write(5, marks.near)
    write(6, marks.all)
    write(7, marks.near, kinds.near)
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
}
