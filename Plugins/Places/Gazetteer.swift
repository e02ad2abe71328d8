import DuikouText

/// The divisions, and what they are called.
struct Gazetteer: Sendable {
  /// What a surface of the lexicon is.
  enum Surface: Sendable {
    /// The name of one division or of several.
    case name([Reading])
    /// A word for a division named before; the endings of the names it may stand for.
    case reference([String])
    /// A word that only looks like a name.
    case word
  }

  let divisions: [Division]
  /// By division: the endings of its name for which words such as 自治区 stand.
  let endings: [[String]]
  let surfaces: [Surface]
  /// Its values are indices of `surfaces`.
  let lexicon: Lexicon

  /// Reads the tables; see their comments for the columns.
  init(divisions table: DataTable, references: DataTable, words: DataTable) {
    divisions = table.rows.map(Division.init)
    let endings = Set(references.rows.flatMap { $0.list(1) })
    self.endings = divisions.map { division in endings.filter(division.name.hasSuffix) }
    var readings: [String: [Reading]] = [:]
    for (index, row) in table.rows.enumerated() {
      let demands: [(Int, Reading.Demand)] = [(6, .nothing), (7, .ancestor), (8, .anchor)]
      for (column, demand) in demands {
        for surface in row.list(column) {
          readings[surface, default: []].append(Reading(division: index, demand: demand))
        }
      }
    }
    var named = readings.map { (surface: $0.key, meaning: Surface.name($0.value)) }
    named += references.rows.map { (surface: $0[0], meaning: .reference($0.list(1))) }
    named += words.rows.map { (surface: $0[0], meaning: .word) }
    surfaces = named.map(\.meaning)
    lexicon = Lexicon(named.enumerated().map { (surface: $1.surface, value: UInt32($0)) })
  }

  /// What a surface that was found means.
  func surface(_ match: LexiconMatch) -> Surface {
    surfaces[Int(match.value)]
  }
}

extension Division {
  fileprivate init(_ row: DataTable.Row) {
    code = UInt32(row[0]) ?? 0
    name = row[1]
    level = ["province": 2, "prefecture": 3, "county": 4][row[2]] ?? 0
    parent = UInt32(row[3]) ?? 0
    longitude = Double(row[4])
    latitude = Double(row[5])
  }
}
