import DuikouPlugin
import DuikouReading
import DuikouText

/// Finds visitors: a `duikou.flow` for each number of visits, with where they come from and go, when, and what they
/// spent.
struct Flows: Extractor, ConfiguredMethod {
  static let summary = "Finds numbers of visitors, with places, periods and what they spent."
  static let uses: [Use] = [
    .reads(dk_figure.self), .reads(dk_mention.self), .readsIfPresent(dk_place.self),
    .readsIfPresent(dk_date.self), .readsIfPresent(dk_segment.self), .writes(dk_flow.self),
  ]

  private let words: ExchangeWords

  init(_ configuration: Configuration<ExchangesSettings>) throws {
    words = ExchangeWords(
      try configuration.table(\.words, before: PackageResources.words_tsv, kinds: 1))
  }

  func extract(_ document: Document) throws {
    let rows = document.rows(dk_figure.self)
    guard rows.contains(where: { isVisits($0.row, document.call) }) else { return }
    try document.withNormalText { document in
      let figures = document.placed(dk_figure.self)
      let visits = figures.filter { isVisits($0.row, document.call) }
      let money = figures.filter { document.call.image.string($0.row.unit) == "元" }
      let places = document.mentions().filter { $0.isA(dk_place.self) }
      let dates = document.placed(dk_date.self)
      var rest = visits[...]
      for range in document.sentences {
        rest = rest.drop { $0.range.lowerBound < range.lowerBound }
        let own = rest.prefix { $0.range.lowerBound < range.upperBound }
        guard !own.isEmpty, !words.visits.matches(in: document.text, range: range).isEmpty else {
          continue
        }
        let sentence = VisitSentence(
          range, in: document.text, words: words, visits: own, places: places.beginning(in: range),
          dates: dates.beginning(in: range), money: money.beginning(in: range))
        for visit in sentence.visits { try append(visit, to: document) }
      }
    }
  }

  private func isVisits(_ figure: dk_figure, _ call: Call) -> Bool {
    guard let unit = call.image.string(figure.unit) else { return false }
    return words.units.contains(unit) && figure.row.flags & UInt32(DK_DELTA) == 0
  }

  private func append(_ visit: VisitSentence.Visit, to document: NormalDocument) throws {
    guard let number = visit.figure.row.number?.integer() else { return }
    var row = dk_flow()
    row.to = visit.place.entity
    row.visitors = number
    row.state(5)
    if let origin = visit.origin { row.from = origin.entity }
    if let date = visit.date, date.states(1) {
      row.start = date.start
      row.state(3)
    }
    if let date = visit.date, date.states(2) {
      row.end = date.end
      row.state(4)
    }
    if let fen = visit.money?.number?.integer(scale: -2) {
      row.spending = fen
      row.state(6)
    }
    let flags = visit.figure.row.row.flags & UInt32(DK_APPROXIMATE)
    try document.append(
      row, at: visit.place.range.lowerBound..<visit.figure.range.upperBound, confidence: 0.8,
      flags: Int(flags))
  }
}
