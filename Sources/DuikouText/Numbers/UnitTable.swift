/// The units of `units.tsv`, to be found in a text.
struct UnitTable: Sendable {
  static let standard = UnitTable(DataTable(PackageResources.units_tsv))

  private let units: [QuantityUnit]
  private let lexicon: Lexicon
  /// By unit: characters behind it that make another word of it.
  private let notBefore: [Set<UInt32>]

  init(_ table: DataTable) {
    var units: [QuantityUnit] = []
    var notBefore: [Set<UInt32>] = []
    var surfaces: [(surface: String, value: UInt32)] = []
    for row in table.rows {
      guard let kind = QuantityUnit.Kind(rawValue: row[1]) else { continue }
      surfaces += ([row[0]] + row.list(2)).map { ($0, UInt32(units.count)) }
      units.append(QuantityUnit(name: row[0], kind: kind))
      notBefore.append(Set(row[3].unicodeScalars.map(\.value)))
    }
    self.units = units
    self.notBefore = notBefore
    lexicon = Lexicon(surfaces)
  }

  /// The longest unit that begins at `offset`; one in Latin letters ends where the letters do.
  func unit(in text: SourceText, at offset: Int) -> (unit: QuantityUnit, end: Int)? {
    var found: (unit: QuantityUnit, end: Int)?
    lexicon.forEachPrefix(in: text, at: offset) { match in
      let next = text.scalar(at: match.end).value
      let isLatin = text.bytes[match.end - 1] < 0x80
      guard !isLatin || next >= 0x80 || CharacterClass(next) != .letter,
        !notBefore[Int(match.value)].contains(next)
      else { return }
      found = (units[Int(match.value)], match.end)
    }
    return found
  }

  /// The unit with a name.
  func unit(named name: String) -> QuantityUnit? {
    units.first { $0.name == name }
  }
}
