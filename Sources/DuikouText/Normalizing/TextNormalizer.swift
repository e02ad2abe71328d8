/// Writes the normalised bytes of a text; copies nothing before the first change.
struct TextNormalizer {
  private let text: SourceText
  /// Found out when a character asks for it.
  private(set) var script: Script?
  private let table = CharacterTable.standard
  private(set) var bytes: [UInt8] = []
  private(set) var map = OffsetMap()
  private(set) var isChanged = false
  /// How much of the source has been written.
  private var written = 0
  /// The last character that was kept; a line feed at the start.
  private var last: UInt32 = 0x0a

  init(_ text: SourceText, script: Script?) {
    self.text = text
    self.script = script
  }

  mutating func run() {
    table.lend { run($0) }
  }

  private mutating func run(_ table: CharacterTable.Lent) {
    var at = 0
    while true {
      let next = table.changing.first(in: text, range: at..<text.count)
      if next > at { last = text.scalar(before: next).value }
      at = next
      guard at < text.count else { break }
      let scalar = SourceText.decode(text.bytes, at: at, end: text.count)
      let end = at + scalar.width
      if let sign = table.ascii(for: scalar.value) {
        replace(at..<end, with: sign)
        at = end
      } else if scalar.value != 0x0a, Self.endsLine(scalar.value) {
        let isPair = scalar.value == 0x0d && text.scalar(at: end).value == 0x0a
        replace(at..<(isPair ? end + 1 : end), with: 0x0a)
        at = isPair ? end + 1 : end
      } else if isBlank(scalar.value, table) {
        at = readBlanks(from: at, table)
      } else {
        change(scalar, at: at, table)
        at = end
      }
    }
    if isChanged { copy(upTo: text.count) }
  }

  /// Whether a character ends a line.
  static func endsLine(_ scalar: UInt32) -> Bool {
    scalar == 0x0a || scalar == 0x0d || scalar == 0x85 || scalar & ~1 == 0x2028
  }

  private func isBlank(_ scalar: UInt32, _ table: CharacterTable.Lent) -> Bool {
    guard scalar >= 0x80 else { return scalar == 0x20 || scalar == 0x09 }
    return CharacterClass(scalar) == .blank || table.change(of: scalar) == .removed
  }

  private mutating func change(
    _ scalar: SourceText.Scalar, at offset: Int, _ table: CharacterTable.Lent
  ) {
    let range = offset..<(offset + scalar.width)
    switch table.change(of: scalar.value) {
    case .none: last = scalar.value
    case .removed: replace(range, with: nil)
    case .replaced(let form): replace(range, with: form)
    case .depends(let index):
      let context = self.table.contexts[index]
      let script = context.isUniversal ? .simplified : scriptOfText()
      if let form = context.form(in: text, at: offset, script: script) {
        replace(range, with: form)
      } else {
        last = scalar.value
      }
    }
  }

  private mutating func scriptOfText() -> Script {
    if let script { return script }
    let script = Script(of: text)
    self.script = script
    return script
  }

  /// Reads a run of blanks and of characters without width; returns its end.
  private mutating func readBlanks(from start: Int, _ table: CharacterTable.Lent) -> Int {
    var at = start
    var hasWidth = false
    var next: UInt32 = 0x0a
    while at < text.count {
      let scalar = SourceText.decode(text.bytes, at: at, end: text.count)
      guard isBlank(scalar.value, table) else {
        if case .replaced(let form) = table.change(of: scalar.value) {
          next = form
        } else {
          next = scalar.value
        }
        break
      }
      hasWidth = hasWidth || table.change(of: scalar.value) != .removed
      at += scalar.width
    }
    if !hasWidth || isNeedless(between: last, next) {
      replace(start..<at, with: nil)
    } else if at - start > 1 || text.bytes[start] != 0x20 {
      let kept = last
      replace(start..<at, with: 0x20)
      last = kept
    }
    return at
  }

  /// Whether a blank between two characters says nothing: at an end of a line, and between a digit and
  /// a Chinese character.
  private func isNeedless(between left: UInt32, _ right: UInt32) -> Bool {
    if left == 0x0a || Self.endsLine(right) { return true }
    let isLeftDigit = CharacterClass(left) == .digit
    let isRightDigit = CharacterClass(right) == .digit
    return isLeftDigit && joinsDigits(right, isBehind: true)
      || isRightDigit && joinsDigits(left, isBehind: false)
  }

  /// Chinese characters do, but 2018 三 are two numbers, and so are 三万 2018; 3.5 万 is one.
  private func joinsDigits(_ scalar: UInt32, isBehind: Bool) -> Bool {
    guard CharacterClass(scalar) == .han else { return false }
    switch NumeralCharacter(scalar) {
    case nil: return true
    case .unit, .group: return isBehind
    case .digit, .tens: return false
    }
  }

  /// Puts an ASCII sign for a character of three bytes: most changes are of this kind.
  private mutating func replace(_ range: Range<Int>, with sign: UInt8) {
    isChanged = true
    last = UInt32(sign)
    copy(upTo: range.lowerBound)
    bytes.append(sign)
    map.append(source: range, result: bytes.count - 1..<bytes.count)
    written = range.upperBound
  }

  private mutating func replace(_ range: Range<Int>, with form: UInt32?) {
    if let form { last = form }
    if let form, range.count == 1, text.bytes[range.lowerBound] == form { return }
    isChanged = true
    copy(upTo: range.lowerBound)
    let start = bytes.count
    if let form, let scalar = Unicode.Scalar(form) { bytes.append(contentsOf: scalar.utf8) }
    if bytes.count - start != range.count {
      map.append(source: range, result: start..<bytes.count)
    }
    written = range.upperBound
  }

  private mutating func copy(upTo end: Int) {
    if bytes.isEmpty { bytes.reserveCapacity(text.count) }
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text.bytes[written..<end]))
    written = end
  }
}
