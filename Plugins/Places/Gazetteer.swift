import DuikouText

/// The divisions, and what they are called.
struct Gazetteer: Sendable {
  /// What a surface of the lexicon is.
  enum Surface: Sendable {
    /// The name of one division or of several.
    case name([Reading])
    /// A word for a division named before; the endings of the names it may stand for.
    case reference([String])
    /// A word that shows which divisions the document is about, and names none.
    case hint([Int])
    /// A word that only looks like a name.
    case word
  }

  let divisions: [Division]
  /// By division: the endings of its name for which words such as 自治区 stand.
  let endings: [[String]]
  let surfaces: [Surface]
  private let autonomous: Set<UInt32>
  /// Its values are indices of `surfaces`.
  let lexicon: Lexicon

  /// The tables of `Data`; see their comments for the columns.
  struct Tables {
    let divisions, counties, renames, references, hints, words: DataTable
  }

  /// Reads the tables, and an office's own list of divisions.
  init(_ tables: Tables, own list: DivisionList = DivisionList()) {
    var names = DivisionNames(tables.divisions, renames: tables.renames)
    names.add(counties: tables.counties)
    names.add(list)
    divisions = names.divisions
    autonomous = Set(
      divisions.lazy.filter { $0.parent == 0 && $0.name.hasSuffix("自治区") }.map(\.code))
    let endings = Set(tables.references.rows.flatMap { $0.list(1) })
    self.endings = divisions.map { division in endings.filter(division.name.hasSuffix) }
    var named = names.readings.map { (surface: $0.key, meaning: Surface.name($0.value)) }
    named += tables.references.rows.map { (surface: $0[0], meaning: .reference($0.list(1))) }
    named += tables.hints.rows.map { row in
      (row[0], .hint(row.list(1).compactMap { UInt32($0) }.compactMap { names.index(of: $0) }))
    }
    named += tables.words.rows.map { (surface: $0[0], meaning: .word) }
    surfaces = named.map(\.meaning)
    lexicon = Lexicon(named.enumerated().map { (surface: $1.surface, value: UInt32($0)) })
  }

  /// Whether a code is that of an autonomous region.
  func isAutonomous(_ code: UInt32) -> Bool { autonomous.contains(code) }

  /// What a surface that was found means.
  func surface(_ match: LexiconMatch) -> Surface {
    surfaces[Int(match.value)]
  }
}
