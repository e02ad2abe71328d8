/// The words in dates, from `date-words.tsv` and `eras.tsv`.
struct DateWords: Sendable {
  /// A word of the tables.
  enum Word: Equatable, Sendable {
    case year(Int), sameYear(Int), month(Int), sameMonth, day(Int), sameDay(Int)
    case months(ClosedRange<Int>), days(ClosedRange<Int>)
    case past, future
  }

  /// A period with a name.
  struct Era: Sendable {
    let first: CalendarDay
    let last: CalendarDay
    /// A five-year plan, not an event.
    let isPlan: Bool
  }

  static let standard = DateWords(
    DataTable(PackageResources.date_words_tsv), eras: DataTable(PackageResources.eras_tsv))

  let until, from, since, before, after: [String]
  /// Characters with which a date may begin.
  let starters: ScalarSet
  private let words: [Word]
  private let lexicon: Lexicon
  private let eras: [Era]
  private let eraNames: Lexicon

  init(_ table: DataTable, eras eraTable: DataTable) {
    func list(_ kind: String) -> [String] {
      table.rows.filter { $0[0] == kind }.flatMap { $0.list(2) }
    }
    (until, from, since) = (list("until"), list("from"), list("since"))
    (before, after) = (list("before"), list("after"))
    var words: [Word] = []
    var surfaces: [(surface: String, value: UInt32)] = []
    for row in table.rows {
      guard let word = Self.word(row[0], row[1]) else { continue }
      surfaces += row.list(2).map { ($0, UInt32(words.count)) }
      words.append(word)
    }
    self.words = words
    lexicon = Lexicon(surfaces)
    var eras: [Era] = []
    var names: [(surface: String, value: UInt32)] = []
    for row in eraTable.rows {
      guard let first = Self.day(row[2]), let last = Self.day(row[3]) else { continue }
      names += ([row[1]] + row.list(4)).map { ($0, UInt32(eras.count)) }
      eras.append(Era(first: first, last: last, isPlan: row[0] == "plan"))
    }
    self.eras = eras
    starters = Self.starters(until + (surfaces + names).map(\.surface))
    eraNames = Lexicon(names)
  }

  private static func starters(_ words: [String]) -> ScalarSet {
    let signs = "0123456789０１２３４５６７８９“\"「‘第前上"
    let firsts = Set(
      (words.compactMap(\.unicodeScalars.first) + Array(signs.unicodeScalars)).map(\.value))
    return ScalarSet { firsts.contains($0) || NumeralCharacter($0) != nil }
  }

  private static func word(_ kind: String, _ number: String) -> Word? {
    let count = Int(number) ?? 0
    let bounds = number.split(separator: "-").compactMap { Int($0) }
    switch kind {
    case "year": return .year(count)
    case "sameYear": return .sameYear(count)
    case "month": return .month(count)
    case "sameMonth": return .sameMonth
    case "day": return .day(count)
    case "sameDay": return .sameDay(count)
    case "past": return .past
    case "future": return .future
    case "months" where bounds.count == 2 && bounds[0] <= bounds[1]:
      return .months(bounds[0]...bounds[1])
    case "days" where bounds.count == 2 && bounds[0] <= bounds[1]:
      return .days(bounds[0]...bounds[1])
    default: return nil
    }
  }

  private static func day(_ cell: String) -> CalendarDay? {
    let parts = cell.split(separator: "-").compactMap { Int($0) }
    return parts.count == 3 ? CalendarDay(year: parts[0], month: parts[1], day: parts[2]) : nil
  }

  /// The longest word that begins at `offset`.
  func word(in text: SourceText, at offset: Int) -> (word: Word, end: Int)? {
    lexicon.longestMatch(in: text, at: offset).map { (words[Int($0.value)], $0.end) }
  }

  /// The longest name of a period that begins at `offset`.
  func era(in text: SourceText, at offset: Int) -> (era: Era, end: Int)? {
    eraNames.longestMatch(in: text, at: offset).map { (eras[Int($0.value)], $0.end) }
  }
}
