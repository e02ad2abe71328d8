import DuikouPlugin
import DuikouReading
import DuikouText

/// The numbers of visits of a sentence, with what it says of each. Takes linear time in what others have found there.
struct VisitSentence {
  /// A number of visits, and what belongs to it.
  struct Visit {
    let figure: PlacedRow<dk_figure>
    /// Where the visitors go.
    let place: EntityMention
    /// Where they come from, if the clause of the number says it: 其中北京游客3.2万人次.
    let origin: EntityMention?
    let date: dk_date?
    let money: dk_figure?
  }

  private(set) var visits: [Visit] = []

  /// Bytes between a place and a number of which it is the place.
  private static let farthest = 600
  /// Bytes before an amount in which a word says that it was spent.
  private static let nearest = 45

  /// Visits that differ in none of these are counted once: the others are parts of the first.
  private struct Key: Hashable {
    let from, to: UInt32
    let start, end: Int32?
  }

  /// All slices are those of the sentence, by where they begin; `money` are its amounts in 元.
  init(
    _ sentence: Range<Int>, in text: SourceText, words: ExchangeWords,
    visits figures: ArraySlice<PlacedRow<dk_figure>>,
    places: ArraySlice<EntityMention>, dates: ArraySlice<PlacedRow<dk_date>>,
    money: ArraySlice<PlacedRow<dk_figure>>
  ) {
    var (places, dates, money) = (places, dates, money)
    let clauses = text.clauses(in: sentence)
    let starts = figures.map { figure -> Int in
      let next = clauses.partitioningIndex { $0.lowerBound > figure.range.lowerBound }
      return next > 0 ? clauses[next - 1].lowerBound : sentence.lowerBound
    }
    let limits = Self.limits(of: figures, starts, sentence, text, words)
    var origin: EntityMention?
    var targets: (last: EntityMention?, other: EntityMention?)
    var date: dk_date?
    var seen: Set<Key> = []
    for (index, figure) in figures.enumerated() {
      let start = figure.range.lowerBound
      while let place = places.first, place.range.lowerBound < start {
        places.removeFirst()
        guard place.range.upperBound <= start else { continue }
        if words.origins.longestMatch(in: text, at: place.range.upperBound) != nil {
          origin = place
        } else {
          if targets.last?.entity.row != place.entity.row { targets.other = targets.last }
          targets.last = place
        }
      }
      while let next = dates.first, next.range.lowerBound < start {
        dates.removeFirst()
        if next.range.upperBound <= start { date = next.row }
      }
      let from = origin.flatMap { $0.range.lowerBound >= starts[index] ? $0 : nil }
      let place = targets.last?.entity.row == from?.entity.row ? targets.other : targets.last
      guard let place, start - place.range.lowerBound <= Self.farthest else { continue }
      let key = Key(
        from: from?.entity.row ?? 0, to: place.entity.row, start: date?.start, end: date?.end)
      guard seen.insert(key).inserted else { continue }
      let spent = Self.spent(
        &money, between: figure.range.upperBound, and: limits[index], in: text, words)
      visits.append(
        Visit(figure: figure, place: place, origin: from, date: date, money: spent))
    }
  }

  /// Where the amounts end that may belong to a number: at the next one, and for a whole behind its parts, which 其中
  /// or the like begins.
  private static func limits(
    of figures: ArraySlice<PlacedRow<dk_figure>>, _ starts: [Int], _ sentence: Range<Int>,
    _ text: SourceText, _ words: ExchangeWords
  ) -> [Int] {
    var limits: [Int] = []
    var (next, nextWhole) = (sentence.upperBound, sentence.upperBound)
    for (figure, start) in zip(figures, starts).reversed() {
      let isPart = words.parts.longestMatch(in: text, at: start) != nil
      limits.append(isPart ? next : nextWhole)
      next = figure.range.lowerBound
      if !isPart { nextWhole = next }
    }
    return limits.reversed()
  }

  /// The first amount that was spent, which is taken out together with those before it.
  private static func spent(
    _ money: inout ArraySlice<PlacedRow<dk_figure>>, between start: Int, and end: Int,
    in text: SourceText, _ words: ExchangeWords
  ) -> dk_figure? {
    while let amount = money.first, amount.range.lowerBound < end {
      money.removeFirst()
      guard amount.range.lowerBound >= start else { continue }
      let before = max(start, amount.range.lowerBound - nearest)..<amount.range.lowerBound
      if !words.spending.matches(in: text, range: before).isEmpty { return amount.row }
    }
    return nil
  }
}
