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

  private let text: SourceText
  private let words: ExchangeWords
  private let places: VisitPlaces

  /// Bytes between a place and a number of which it is the place.
  private static let farthest = 600
  /// Bytes before an amount in which a word says that it was spent, and before a number in which one says what it counts.
  private static let nearest = 45
  /// Places before a number of which one may be where the visitors go.
  private static let mostTargets = 4
  /// Bytes of 达到 and the like before a number, and of a date with it.
  private static let longestBare = 30

  /// Visits that differ in none of these are counted once: the others are parts of the first.
  private struct Key: Hashable {
    let from, to: UInt32
    let start, end: Int32?
  }

  /// All slices are those of the sentence, by where they begin; `money` are its amounts in 元, `year` is the last one told
  /// before, of which 全年 is.
  init(
    _ sentence: Range<Int>, in text: SourceText, words: ExchangeWords,
    visits figures: ArraySlice<PlacedRow<dk_figure>>, places: VisitPlaces,
    dates: ArraySlice<PlacedRow<dk_date>>, year: dk_date?, money: ArraySlice<PlacedRow<dk_figure>>
  ) {
    (self.text, self.words, self.places) = (text, words, places)
    var (dates, money) = (dates, money)
    var rest = places.mentions.beginning(in: sentence)
    let clauses = text.clauses(in: sentence)
    let starts = figures.map { figure -> Int in
      let next = clauses.partitioningIndex { $0.lowerBound > figure.range.lowerBound }
      return next > 0 ? clauses[next - 1].lowerBound : sentence.lowerBound
    }
    let last = money.last?.range.upperBound ?? 0
    let limits = Self.limits(of: figures, starts, max(sentence.upperBound, last), text, words)
    var origin: EntityMention?
    var sender: EntityMention?
    /// Each behind another one; the last of them count.
    var targets: [EntityMention] = []
    var date = text.firstOffset(of: "全年", in: sentence) == nil ? nil : year
    var seen: Set<Key> = []
    for (index, figure) in figures.enumerated() {
      let start = figure.range.lowerBound
      while let place = rest.first, place.range.lowerBound < start {
        rest.removeFirst()
        guard place.range.upperBound <= start else { continue }
        switch places.part(of: place) {
        case .origin: origin = place
        case .neither: break
        case .target:
          if sender == nil, places.isHelper(place) { sender = place }
          if targets.last?.entity.row == place.entity.row { targets.removeLast() }
          targets.append(place)
        }
      }
      while let next = dates.first, next.range.lowerBound < start {
        dates.removeFirst()
        if next.range.upperBound <= start { date = next.row }
      }
      guard isVisit(figure.range, from: starts[index]) else { continue }
      let first = originStart(of: starts[index], figure.range, in: clauses)
      let from =
        origin.flatMap { $0.range.lowerBound >= first || places.isStart($0) ? $0 : nil }
        ?? sender.flatMap { isSent(figure.range, from: starts[index]) ? $0 : nil }
      let place =
        targets.suffix(Self.mostTargets).last { target in
          from.map { !places.lies(target, in: $0) } ?? true
        } ?? (targets.isEmpty ? elsewhere(figure.range, from: starts[index], in: sentence) : nil)
      guard let place, from.map({ $0.entity.row != place.entity.row }) ?? true,
        start - place.range.lowerBound <= Self.farthest || targets.isEmpty
      else {
        continue
      }
      let key = Key(
        from: from?.entity.row ?? 0, to: place.entity.row, start: date?.start, end: date?.end)
      guard seen.insert(key).inserted else { continue }
      let spent = Self.spent(
        &money, between: figure.range.upperBound, and: limits[index], in: text, words)
      visits.append(
        Visit(figure: figure, place: place, origin: from, date: date, money: spent))
    }
  }

  /// Whether a number is none of those who were trained, treated and the like.
  private func isVisit(_ number: Range<Int>, from start: Int) -> Bool {
    let before = front(of: number, from: start)
    return words.others.matches(in: text, range: before).isEmpty
  }

  /// Whether those are sent of whom a number tells: 输送游客3.6万人次.
  private func isSent(_ number: Range<Int>, from start: Int) -> Bool {
    let before = front(of: number, from: start)
    return text.firstOffset(of: "输送", in: before) != nil
  }

  /// Where visitors go of whom the sentence names no place: no parts of others, 其中, and none of several, 两地.
  private func elsewhere(
    _ number: Range<Int>, from start: Int, in sentence: Range<Int>
  ) -> EntityMention? {
    let first = text.skippingBlanks(from: sentence.lowerBound)
    guard words.parts.longestMatch(in: text, at: first) == nil else { return nil }
    let before = front(of: number, from: start)
    let isOfSeveral = ["两地", "两旗", "三地", "各地", "互送"].contains {
      text.firstOffset(of: $0, in: before) != nil
    }
    return isOfSeveral ? nil : places.target(before: number.lowerBound)
  }

  private func front(of number: Range<Int>, from start: Int) -> Range<Int> {
    let first = max(start, text.scalarStart(before: number.lowerBound - Self.nearest + 1))
    return min(first, number.lowerBound)..<number.lowerBound
  }

  /// From where on a place is that from which the visitors come: its clause, or the one before where that says no more than when
  /// there were so many, 接待北京游客年均增长两成，2018年达到86.3万人次.
  private func originStart(of start: Int, _ number: Range<Int>, in clauses: [Range<Int>]) -> Int {
    let before = min(start, number.lowerBound)..<number.lowerBound
    guard before.count <= Self.longestBare,
      ["达到", "达", "增至", "突破"].contains(where: { text.has($0, before: before.upperBound) }),
      words.visits.matches(in: text, range: before).isEmpty
    else { return start }
    let own = clauses.partitioningIndex { $0.lowerBound >= start }
    return own > 0 ? clauses[own - 1].lowerBound : start
  }

  /// Where the amounts end that may belong to a number: at the next one, and for a whole behind its parts, which 其中
  /// or the like begins.
  private static func limits(
    of figures: ArraySlice<PlacedRow<dk_figure>>, _ starts: [Int], _ end: Int,
    _ text: SourceText, _ words: ExchangeWords
  ) -> [Int] {
    var limits: [Int] = []
    var (next, nextWhole) = (end, end)
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
