import DuikouPlugin
import DuikouReading
import DuikouText

/// What a document names around its figures.
struct FigureContext {
  /// What a sentence names in front of a figure.
  struct Front {
    /// Whose it is: a place or an agency.
    var owner: dk_ref?
    /// A row of `duikou.date`: of when it is.
    var date: dk_ref?
    /// Where the last place, agency or date ends, whatever that is for the figure.
    var end = 0
  }

  private let document: NormalDocument
  /// Places and agencies.
  private let owners: [EntityMention]
  private let dates: [PlacedRow<dk_date>]
  private let words = FrontWords.standard

  /// How many mentions in front of a figure are looked at.
  private static let nearest = 8
  /// Bytes of the longest clause in front of a date.
  private static let longestClause = 60

  init(_ document: NormalDocument) {
    self.document = document
    owners = document.mentions().filter { $0.isA(dk_place.self) || $0.isA(dk_agency.self) }
    dates = document.placed(dk_date.self)
  }

  /// What the sentence names in front of `offset`.
  func front(of offset: Int) -> Front {
    let sentences = document.sentences
    let next = sentences.partitioningIndex { $0.lowerBound > offset }
    guard next > 0 else { return Front() }
    let before = sentences[next - 1].lowerBound..<offset
    let owners = owners.beginning(in: before).suffix(Self.nearest)
      .filter { $0.range.upperBound <= offset }
    let dates = dates.beginning(in: before).suffix(Self.nearest)
      .filter { $0.range.upperBound <= offset }
    let ends = owners.map(\.range.upperBound) + dates.map(\.range.upperBound)
    return Front(
      owner: owner(among: owners, of: offset), date: date(among: dates, of: offset),
      end: ends.max() ?? 0)
  }

  /// Where the first place or agency begins that is named in a part of the text; its end where none is.
  func firstOwner(in part: Range<Int>) -> Int {
    owners.beginning(in: part).first?.range.lowerBound ?? part.upperBound
  }

  /// The last of the mentions that the figure can be of; of those that end at one place the longest, 敖汉旗文化和旅游局
  /// and not 旅游局.
  private func owner(among mentions: [EntityMention], of offset: Int) -> dk_ref? {
    let text = document.text
    var end = offset
    for mention in mentions.sorted(by: { isNearer($0.range, $1.range) })
    where mention.range.upperBound <= end {
      let start = chainStart(of: mention, among: mentions)
      if words.has(.joint, before: start, in: text) { return nil }
      if words.has(.aside, before: start, in: text)
        || words.has(.visitors, at: mention.range.upperBound, in: text)
      {
        end = start
        continue
      }
      let isOther = words.has(.other, within: mention.range.upperBound..<offset, of: text)
      return isOther ? nil : mention.entity
    }
    return nil
  }

  private func isNearer(_ range: Range<Int>, _ other: Range<Int>) -> Bool {
    (range.upperBound, range.count) > (other.upperBound, other.count)
  }

  /// Where the names begin that stand in front of a mention without a gap: 赤峰市 of 赤峰市敖汉旗.
  private func chainStart(of mention: EntityMention, among mentions: [EntityMention]) -> Int {
    var start = mention.range.lowerBound
    for other in mentions.reversed() where other.range.upperBound == start {
      start = other.range.lowerBound
    }
    return start
  }

  /// The last date that the figure can be of: not one it is compared with, one since which something lasts, or that of
  /// a paper.
  private func date(among dates: [PlacedRow<dk_date>], of offset: Int) -> dk_ref? {
    let text = document.text
    let date = dates.last { date in
      let start = date.range.lowerBound
      let isSince = date.row.states(1) && !date.row.states(2)
      return !isSince && !words.has(.compared, before: start, in: text)
        && !words.has(.source, within: clause(before: start), of: text)
    }
    guard let date, !words.has(.other, within: date.range.upperBound..<offset, of: text) else {
      return nil
    }
    return date.reference
  }

  private func clause(before offset: Int) -> Range<Int> {
    var start = offset
    while offset - start < Self.longestClause {
      let scalar = document.text.scalar(before: start)
      guard scalar.width > 0, ![.clauseEnd, .sentenceEnd].contains(CharacterClass(scalar.value))
      else { break }
      start -= scalar.width
    }
    return start..<offset
  }
}
