import DuikouText

/// The words of `words.tsv`, by what they say.
struct ExchangeWords: Sendable {
  /// What figures of visits count.
  let units: Set<String>
  /// Words of sentences about visitors.
  let visits: Lexicon
  /// What stands behind a place from which visitors come.
  let origins: Lexicon
  /// What stands behind a place that helps another.
  let helping: Lexicon
  /// What says before a number that it counts others than visitors.
  let others: Lexicon
  /// Words of sentences that ask for visitors.
  let rewards: Lexicon
  /// With what the clause of a part begins.
  let parts: Lexicon
  let spending: Lexicon
  let lacking: Lexicon
  private let wishes: Lexicon

  init(_ table: DataTable) {
    // Of a word that stands twice the first row counts, which is an office's own.
    let uses = Dictionary(table.rows.map { ($0[0], $0.list(1)) }) { first, _ in first }
    func words(_ use: String) -> [(surface: String, value: UInt32)] {
      uses.filter { $0.value.contains(use) }.map { ($0.key, 1) }
    }
    units = Set(words("unit").map(\.surface))
    visits = Lexicon(words("visit"))
    origins = Lexicon(words("origin"))
    helping = Lexicon(words("helper"))
    others = Lexicon(words("other"))
    rewards = Lexicon(words("reward"))
    parts = Lexicon(words("part"))
    spending = Lexicon(words("spent"))
    lacking = Lexicon(words("lack"))
    wishes = Lexicon(words("wish") + words("no-wish").map { ($0.surface, 0) })
  }

  /// Whether a part of a text wishes for something.
  func wish(in text: SourceText, _ range: Range<Int>) -> Bool {
    wishes.matches(in: text, range: range).contains { $0.value == 1 }
  }
}
