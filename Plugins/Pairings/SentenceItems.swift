import DuikouPlugin
import DuikouReading
import DuikouText

/// Takes a document's sentences apart into what pairings are made of.
struct SentenceItems {
  private let document: NormalDocument
  private let words: PairingWords
  private let found: [PairingItem]
  private let mentions: [DivisionMention]
  private let figures: [PlacedRow<dk_figure>]
  private let dates: [PlacedRow<dk_date>]

  private struct DivisionMention: Placed {
    let range: Range<Int>
    let division: Division
  }

  /// `found` are the words of the document.
  init(_ document: NormalDocument, words: PairingWords, found: [PairingItem]) {
    self.document = document
    self.words = words
    self.found = found
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

  /// The sentences that may tell of a pair, in order.
  func sentences() -> [Range<Int>] {
    let text = document.text
    return document.parts.flatMap { part in
      var end = part.lowerBound
      return found.beginning(in: part).compactMap { item -> Range<Int>? in
        let place = item.range.lowerBound
        guard item.tellsOfPairs, place >= end else { return nil }
        let start = text.sentenceStart(of: place, notBefore: part.lowerBound)
        end = text.firstSentence(in: place..<part.upperBound)?.upperBound ?? part.upperBound
        return start..<end
      }
    }
  }

  /// The items of a sentence, in order.
  func items(of sentence: Range<Int>) -> [PairingItem] {
    let items =
      groups(in: sentence) + found.beginning(in: sentence)
      + dates.beginning(in: sentence).filter { $0.row.states(1) }.map {
        .date($0.row.start, isOpen: !$0.row.states(2), range: $0.range)
      }
    return items.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// The lists of divisions in a sentence. Of 赤峰市敖汉旗 the second counts.
  private func groups(in sentence: Range<Int>) -> [PairingItem] {
    let text = document.text
    var lists: [(divisions: [Division], range: Range<Int>)] = []
    for mention in mentions.beginning(in: sentence) {
      let (range, division) = (mention.range, mention.division)
      let index = lists.count - 1
      guard index >= 0 else {
        lists.append(([division], range))
        continue
      }
      let (start, end) = (lists[index].range.lowerBound, lists[index].range.upperBound)
      guard end <= range.lowerBound else { continue }
      if end == range.lowerBound, lies(division, in: lists[index].divisions.last) {
        lists[index].divisions.removeLast()
        lists[index].divisions.append(division)
        lists[index].range = start..<range.upperBound
      } else if let separator = text.listSeparator(at: end), separator.kind != .comma,
        end + separator.width == range.lowerBound,
        !(isDash(before: start) && isDash(at: range.upperBound))
      {
        lists[index].divisions.append(division)
        lists[index].range = start..<range.upperBound
      } else {
        lists.append(([division], range))
      }
    }
    return lists.indices.map { index in
      let (divisions, range) = lists[index]
      let next = index + 1 < lists.count ? lists[index + 1].range.lowerBound : sentence.upperBound
      let count = count(in: range.upperBound..<next)
      return .divisions(
        divisions, count?.count, range: range.lowerBound..<(count?.end ?? range.upperBound))
    }
  }

  /// 敖汉旗—海淀区、林西县—丰台区 are two pairs, and 海淀区、林西县 no list.
  private func isDash(before offset: Int) -> Bool {
    Self.dashes.contains { document.text.has($0, before: offset) }
  }

  private func isDash(at offset: Int) -> Bool {
    document.text.width(ofAny: Self.dashes, at: offset) > 0
  }

  private static let dashes = ["—", "–", "－", "-"]

  private func lies(_ division: Division, in other: Division?) -> Bool {
    guard let other, other.code != division.code else { return false }
    return other.code == division.code / 100 * 100 || other.code == division.code / 10_000 * 10_000
  }

  /// The last number of counties or districts with which the part behind a list begins: 7个盟市31个国贫旗县 has 31.
  private func count(in part: Range<Int>) -> (count: UnitCount, end: Int)? {
    var found: (count: UnitCount, end: Int)?
    var at = part.lowerBound
    for figure in figures.beginning(in: part) where figure.range.upperBound <= part.upperBound {
      guard figure.range.lowerBound - at <= Self.longestUnit, figure.row.value > 0,
        !figure.row.states(3) || figure.row.exponent == 0
      else { break }
      let width = words.unitWidth(in: document.text, at: figure.range.upperBound)
      at = min(figure.range.upperBound + width, part.upperBound)
      guard width > 0, let value = UInt32(exactly: figure.row.value) else { continue }
      let isDistributive = figure.row.row.flags & UInt32(DK_DISTRIBUTIVE) != 0
      found = (UnitCount(value: value, isDistributive: isDistributive), at)
    }
    return found
  }

  /// Bytes between a list, or a number before, and a number: 盟市.
  private static let longestUnit = 9
}
