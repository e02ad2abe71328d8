import DuikouPlugin
import DuikouReading
import DuikouText

/// Finds visitors: a `duikou.flow` for each number of visits, with where they go, when, and what they spent.
struct Flows: Extractor, ConfiguredMethod {
  static let summary = "Finds numbers of visitors, with places, periods and what they spent."
  static let uses: [Use] = [
    .reads(dk_figure.self), .reads(dk_mention.self), .readsIfPresent(dk_place.self),
    .readsIfPresent(dk_date.self), .readsIfPresent(dk_segment.self), .writes(dk_flow.self),
  ]

  private static let visitors = ["人次", "万人次", "游客", "旅客"]
  private static let receiving = ["接待", "到访", "来访", "赴", "旅游", "游客", "输送", "互游"]
  private static let spending = ["消费", "收入", "花费"]

  init(_: Configuration<ExchangesSettings>) {}

  func extract(_ document: Document) throws {
    try document.withNormalText { document in
      let figures = document.placed(dk_figure.self)
      let places = document.mentions().filter { $0.isA(dk_place.self) }
      let dates = document.placed(dk_date.self)
      for sentence in document.sentences {
        let own = figures.beginning(in: sentence)
        guard let visits = own.first(where: { isVisits($0.row, in: sentence, document) }) else {
          continue
        }
        let origin = origin(
          before: visits.range.lowerBound, in: sentence, places, document.text)
        let place = places.beginning(in: sentence).last {
          $0.entity.row != origin?.row && $0.range.upperBound <= visits.range.lowerBound
        }
        guard let place, let number = visits.row.number?.integer() else { continue }
        var row = dk_flow()
        row.to = place.entity
        row.visitors = number
        row.state(5)
        if let origin { row.from = origin }
        if let date = dates.beginning(in: sentence).last(where: {
          $0.range.upperBound <= visits.range.lowerBound
        })?.row {
          if date.states(1) {
            row.start = date.start
            row.state(3)
          }
          if date.states(2) {
            row.end = date.end
            row.state(4)
          }
        }
        if let money = own.first(where: {
          isSpending($0, behind: visits.range.upperBound, document)
        }),
          let fen = money.row.number?.integer(scale: -2)
        {
          row.spending = fen
          row.state(6)
        }
        let flags = visits.row.row.flags & UInt32(DK_APPROXIMATE)
        try document.append(
          row, at: place.range.lowerBound..<visits.range.upperBound, confidence: 0.8,
          flags: Int(flags))
      }
    }
  }

  private func isVisits(
    _ figure: dk_figure, in sentence: Range<Int>, _ document: NormalDocument
  ) -> Bool {
    guard let unit = document.call.image.string(figure.unit), Self.visitors.contains(unit),
      figure.row.flags & UInt32(DK_DELTA) == 0
    else { return false }
    return Self.receiving.contains { document.text.firstOffset(of: $0, in: sentence) != nil }
  }

  private func isSpending(
    _ figure: PlacedRow<dk_figure>, behind offset: Int, _ document: NormalDocument
  ) -> Bool {
    guard figure.range.lowerBound >= offset, document.call.image.string(figure.row.unit) == "元"
    else {
      return false
    }
    let before = max(offset, figure.range.lowerBound - 45)..<figure.range.lowerBound
    return Self.spending.contains { document.text.firstOffset(of: $0, in: before) != nil }
  }

  /// 北京 + 游客: where the visitors come from.
  private func origin(
    before offset: Int, in sentence: Range<Int>, _ places: [EntityMention], _ text: SourceText
  ) -> dk_ref? {
    places.beginning(in: sentence).last {
      $0.range.upperBound <= offset
        && text.width(ofAny: ["游客", "市民", "籍游客", "客源", "旅客"], at: $0.range.upperBound) > 0
    }?.entity
  }
}
