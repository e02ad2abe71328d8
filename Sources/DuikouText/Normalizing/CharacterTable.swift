/// What each character of the Basic Multilingual Plane is in normalised text.
struct CharacterTable: Sendable {
  /// What becomes of a character.
  enum Change: Equatable {
    case none
    /// It is left out.
    case removed
    /// Another character stands for it.
    case replaced(UInt32)
    /// It depends on the word; see `CharacterContext`.
    case depends(Int)
  }

  static let standard = CharacterTable(
    traditional: DataTable(PackageResources.traditional_tsv),
    compatibility: DataTable(PackageResources.compatibility_tsv),
    signs: DataTable(PackageResources.signs_tsv), context: DataTable(PackageResources.context_tsv))

  let contexts: [CharacterContext]
  /// By scalar: 0 for no change, `removed`, a scalar of the private use area for `contexts`, or the
  /// character that stands for it.
  private let changes: [UInt16]
  /// By scalar: 1 for Traditional-only, -1 for Simplified-only.
  private var scripts: [Int8]
  /// Characters that do not stay as they are wherever they stand: those with a change, blanks, ends of lines.
  let changing: ScalarSet

  private static let size = 0x10000
  private static let removed: UInt16 = 0xffff
  private static let firstContext: UInt16 = 0xe000

  /// Reads the tables; see their comments for the columns.
  init(traditional: DataTable, compatibility: DataTable, signs: DataTable, context: DataTable) {
    var changes: [UInt16] = Array(repeating: 0, count: Self.size)
    scripts = Array(repeating: 0, count: Self.size)
    contexts = CharacterContext.read(context)
    for code in 0xff01...0xff5e { changes[code] = UInt16(code - 0xff01 + 0x21) }
    for code in Self.zeroWidth.joined() { changes[code] = Self.removed }
    for table in [signs, compatibility, traditional] { Self.add(table, to: &changes) }
    for row in traditional.rows {
      for form in row[1].unicodeScalars where form.value < Self.size {
        scripts[Int(form.value)] = 1
      }
      guard row[2] == "only", let scalar = row[0].unicodeScalars.first?.value else { continue }
      if scalar < Self.size { scripts[Int(scalar)] = -1 }
    }
    for (index, context) in contexts.enumerated() where context.character < Self.size {
      changes[Int(context.character)] = Self.firstContext + UInt16(truncatingIfNeeded: index)
    }
    changing = ScalarSet(hasOthers: true) { [changes] scalar in
      scalar >= 0x80 && changes[Int(scalar)] != 0 || CharacterClass(scalar) == .blank
        || scalar != 0x0a && TextNormalizer.endsLine(scalar)
    }
    self.changes = changes
  }

  /// How many more characters of a text occur in Traditional texts only than in Simplified ones only. Reads no further
  /// than to where one of the scripts is ahead by `lead`.
  func balance(of text: SourceText, lead: Int) -> Int {
    scripts.withUnsafeBufferPointer { scripts in
      var balance = 0
      var at = 0
      while at < text.count, abs(balance) < lead {
        if let scalar = text.wideScalar(at: at) {
          balance &+= Int(scripts[Int(scalar)])
          at &+= 3
        } else {
          let scalar = SourceText.decode(text.bytes, at: at, end: text.count)
          if scalar.value < Self.size { balance &+= Int(scripts[Int(scalar.value)]) }
          at &+= scalar.width
        }
      }
      return balance
    }
  }

  /// Soft hyphens, joiners, marks of direction, variation selectors, byte order marks.
  private static let zeroWidth: [ClosedRange<Int>] = [
    0xad...0xad, 0x200b...0x200f, 0x202a...0x202e, 0x2060...0x2064, 0xfe00...0xfe0f,
    0xfeff...0xfeff,
  ]

  private static func add(_ table: DataTable, to changes: inout [UInt16]) {
    for row in table.rows {
      guard let scalar = row[0].unicodeScalars.first?.value, scalar < size else { continue }
      let isWide = (0xff01...0xff5e).contains(scalar)
      for form in row[1].unicodeScalars where form.value < size {
        changes[Int(form.value)] = isWide ? changes[Int(scalar)] : UInt16(scalar)
      }
    }
  }

  /// The table for reading a text, lent for the call.
  func lend<Result>(_ body: (Lent) -> Result) -> Result {
    changes.withUnsafeBufferPointer { changes in
      changing.lend { body(Lent(changes: changes, changing: $0)) }
    }
  }

  /// See `lend`.
  struct Lent {
    fileprivate let changes: UnsafeBufferPointer<UInt16>
    let changing: ScalarSet.Lent

    /// What becomes of a character.
    @inline(__always)
    func change(of scalar: UInt32) -> Change {
      guard scalar >= 0x80, scalar < CharacterTable.size else {
        return (0xe0100...0xe01ef).contains(scalar) ? .removed : .none
      }
      switch changes[Int(scalar)] {
      case 0: return .none
      case CharacterTable.removed: return .removed
      case let code where code >= CharacterTable.firstContext && code < 0xf900:
        return .depends(Int(code - CharacterTable.firstContext))
      case let code: return .replaced(UInt32(code))
      }
    }

    /// The ASCII sign that stands for a character of three bytes; nil where none does.
    @inline(__always)
    func ascii(for scalar: UInt32) -> UInt8? {
      guard scalar >= 0x800, scalar < CharacterTable.size else { return nil }
      let form = changes[Int(scalar)]
      return 0x21...0x7e ~= form ? UInt8(truncatingIfNeeded: form) : nil
    }
  }
}
