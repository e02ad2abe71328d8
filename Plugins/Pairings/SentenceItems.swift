import DuikouPlugin
import DuikouReading
import DuikouText

/// Takes a document's sentences apart into what pairings are made of.
struct SentenceItems {
  private let document: NormalDocument
  private let words: PairingWords
  private let mentions: [DivisionMention]
  private let figures: [PlacedRow<dk_figure>]
  private let dates: [PlacedRow<dk_date>]

  private struct DivisionMention: Placed {
    let range: Range<Int>
    let division: Division
  }

  /// Words for Beijing and Inner Mongolia together.
  private static let bothSides = ["京蒙", "北京内蒙古"]
  /// What districts and counties are called behind a number.
  private static let units = [
    "国贫旗县", "国家级贫困", "贫困旗县", "区贫旗县", "旗县", "旗区", "区县", "区", "县", "旗", "国家扶贫",
    "国家重点", "脱贫旗县", "受帮扶旗县",
  ]

  init(_ document: NormalDocument, words: PairingWords) {
    self.document = document
    self.words = words
    let divisions = Dictionary(
      document.document.rows(dk_place.self).map { ($0.reference.row, $0.row.code) }
    ) { first, _ in first }
    mentions = document.mentions().compactMap { mention in
      guard mention.isA(dk_place.self), let code = divisions[mention.entity.row] else { return nil }
      return DivisionMention(
        range: mention.range, division: Division(reference: mention.entity.row, code: code))
    }
    figures = document.placed()
    dates = document.placed()
  }

  /// The items of a sentence, in order.
  func items(of sentence: Range<Int>) -> [PairingItem] {
    let text = document.text
    var items = groups(in: sentence)
    items += words.found(in: text, sentence).map { .word($0.word, range: $0.range) }
    items += dates.beginning(in: sentence).filter { $0.row.states(1) }.map {
      .date($0.row.start, range: $0.range)
    }
    for word in Self.bothSides {
      var at = sentence.lowerBound
      while at < sentence.upperBound {
        let range = at..<(at + word.utf8.count)
        if text.has(word, at: at) { items.append(.bothSides(range: range)) }
        at += text.scalar(at: at).width
      }
    }
    return items.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// The lists of divisions in a sentence. Of 赤峰市敖汉旗 the second counts.
  private func groups(in sentence: Range<Int>) -> [PairingItem] {
    let text = document.text
    var lists: [(divisions: [Division], range: Range<Int>)] = []
    for mention in mentions.beginning(in: sentence) {
      let (range, division) = (mention.range, mention.division)
      guard let last = lists.last, last.range.upperBound <= range.lowerBound else {
        if lists.isEmpty { lists.append(([division], range)) }
        continue
      }
      let index = lists.count - 1
      if last.range.upperBound == range.lowerBound, lies(division, in: last.divisions.last) {
        lists[index].divisions[last.divisions.count - 1] = division
        lists[index].range = last.range.lowerBound..<range.upperBound
      } else if let separator = text.listSeparator(at: last.range.upperBound),
        separator.kind != .comma, last.range.upperBound + separator.width == range.lowerBound
      {
        lists[index].divisions.append(division)
        lists[index].range = last.range.lowerBound..<range.upperBound
      } else {
        lists.append(([division], range))
      }
    }
    return lists.map { list in
      let count = count(behind: list.range.upperBound, in: sentence)
      return .divisions(
        list.divisions, count?.count,
        range: list.range.lowerBound..<(count?.end ?? list.range.upperBound))
    }
  }

  private func lies(_ division: Division, in other: Division?) -> Bool {
    guard let other, other.code != division.code else { return false }
    return other.code == division.code / 100 * 100 || other.code == division.code / 10_000 * 10_000
  }

  /// The last number of counties or districts right behind a list: 7个盟市31个国贫旗县 has 31.
  private func count(
    behind offset: Int, in sentence: Range<Int>
  ) -> (count: UnitCount, end: Int)? {
    let text = document.text
    var found: (count: UnitCount, end: Int)?
    var at = offset
    for figure in figures.beginning(in: offset..<max(offset, sentence.upperBound))
    where figure.range.upperBound <= sentence.upperBound {
      guard figure.range.lowerBound - at <= Self.longestUnit, figure.row.value > 0,
        !figure.row.states(3) || figure.row.exponent == 0
      else { break }
      let width = text.width(ofAny: Self.units, at: figure.range.upperBound)
      at = figure.range.upperBound + width
      guard width > 0, let value = UInt32(exactly: figure.row.value) else { continue }
      let isDistributive = figure.row.row.flags & UInt32(DK_DISTRIBUTIVE) != 0
      found = (UnitCount(value: value, isDistributive: isDistributive), at)
    }
    return found
  }

  /// Bytes between a list, or a number before, and a number: 盟市.
  private static let longestUnit = 9
}
