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
  private let sides: Sides

  init(_ configuration: Configuration<ExchangesSettings>) throws {
    words = ExchangeWords(
      try configuration.table(\.words, before: PackageResources.words_tsv, kinds: 1))
    sides = Sides(try configuration.table(\.sides, before: Sides.shipped, kinds: 1))
  }

  func extract(_ document: Document) throws {
    let rows = document.rows(dk_figure.self)
    guard rows.contains(where: { isVisits($0.row, document.call) }) else { return }
    try document.withNormalText { document in
      let figures = document.placed(dk_figure.self)
      let visits = figures.filter { isVisits($0.row, document.call) }
      let money = figures.filter { document.call.image.string($0.row.unit) == "元" }
      let places = VisitPlaces(document, sides: sides, words: words)
      let dates = document.placed(dk_date.self)
      let years = dates.filter { $0.row.precision == UInt32(DK_PRECISION_YEAR) }
      var rest = visits[...]
      let sentences = document.sentences
      for (index, range) in sentences.enumerated() {
        rest = rest.drop { $0.range.lowerBound < range.lowerBound }
        let own = rest.prefix { $0.range.lowerBound < range.upperBound }
        guard !own.isEmpty, !words.visits.matches(in: document.text, range: range).isEmpty,
          words.rewards.matches(in: document.text, range: range).isEmpty
        else {
          continue
        }
        let next = index + 1 < sentences.count ? sentences[index + 1] : range
        let isOther = rest.dropFirst(own.count).first.map { $0.range.lowerBound < next.upperBound }
        // 接待游客1836万人次；实现旅游收入98亿元.
        let goesOn = document.text.width(ofAny: ["；", ";"], at: range.upperBound) > 0
        let end = goesOn && isOther != true ? next.upperBound : range.upperBound
        let sentence = VisitSentence(
          range, in: document.text, words: words, visits: own, places: places,
          dates: dates.beginning(in: range),
          year: years.beginning(in: 0..<range.lowerBound).last?.row,
          money: money.beginning(in: range.lowerBound..<end))
        for visit in sentence.visits { try append(visit, to: document) }
      }
    }
  }

  private func isVisits(_ figure: dk_figure, _ call: Call) -> Bool {
    guard let unit = call.image.string(figure.unit) else { return false }
    return words.units.contains(unit) && figure.row.flags & UInt32(DK_DELTA) == 0
  }

  /// Bytes of the longest evidence.
  private static let longest = 700

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
    let isNear = visit.figure.range.upperBound - visit.place.range.lowerBound <= Self.longest
    let start = isNear ? visit.place.range.lowerBound : visit.figure.range.lowerBound
    try document.append(
      row, at: start..<visit.figure.range.upperBound, confidence: isNear ? 0.8 : 0.7,
      flags: Int(flags))
  }
}
