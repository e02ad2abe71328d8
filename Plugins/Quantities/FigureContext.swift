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
    /// Where the sentence begins.
    var sentence = 0
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
  /// Bytes from a date to the end of 建立结对关系以来.
  private static let longestSince = 36
  /// Bytes of 以及.
  private static let longestSeparator = 6

  init(_ document: NormalDocument) {
    self.document = document
    owners = document.mentions().filter { $0.isA(dk_place.self) || $0.isA(dk_agency.self) }
    // 近年来 names no days.
    dates = document.placed(dk_date.self).filter { $0.row.states(1) || $0.row.states(2) }
  }

  /// What the sentence names in front of `offset`; `previous` is where the figure before ends.
  func front(of offset: Int, behind previous: Int) -> Front {
    let sentences = document.sentences
    let next = sentences.partitioningIndex { $0.lowerBound > offset }
    guard next > 0 else { return Front() }
    let before = sentences[next - 1].lowerBound..<offset
    let owners = owners.beginning(in: before).suffix(Self.nearest)
    let dates = dates.beginning(in: before).suffix(Self.nearest)
    let date = dates.last { $0.range.upperBound <= offset }
    return Front(
      owner: owner(among: owners, of: offset, behind: previous),
      date: self.date(among: dates, of: offset, behind: previous),
      end: max(
        nearest(of: owners, before: offset)?.range.upperBound ?? 0, date?.range.upperBound ?? 0),
      sentence: before.lowerBound)
  }

  /// Where the first place or agency begins that is named in a part of the text; its end where none is.
  func firstOwner(in part: Range<Int>) -> Int {
    owners.beginning(in: part).first?.range.lowerBound ?? part.upperBound
  }

  /// The last of the mentions that the figure can be of.
  private func owner(
    among mentions: ArraySlice<EntityMention>, of offset: Int, behind previous: Int
  ) -> dk_ref? {
    let text = document.text
    var end = offset
    while let mention = nearest(of: mentions, before: end) {
      let start = chainStart(of: mention, among: mentions)
      let roles = words.roles(before: start, in: text)
      // 宁城县1800万元、林西县1700万元 are two.
      let isNext = start >= previous && start - previous <= Self.longestSeparator
      if roles.contains(.joint), !isNext { return nil }
      let isAside = roles.contains(.aside)
      if isAside || words.roles(at: mention.range.upperBound, in: text).contains(.visitors) {
        end = start
        continue
      }
      return isOfAnother(mention.range.upperBound..<offset) ? nil : mention.entity
    }
    return nil
  }

  /// The mention that ends last; of those that end at one place the longest, 敖汉旗文化和旅游局 and not 旅游局.
  private func nearest(
    of mentions: ArraySlice<EntityMention>, before offset: Int
  ) -> EntityMention? {
    mentions.lazy.filter { $0.range.upperBound <= offset }.max {
      ($0.range.upperBound, $0.range.count) < ($1.range.upperBound, $1.range.count)
    }
  }

  /// Where the names begin that stand in front of a mention without a gap: 赤峰市 of 赤峰市敖汉旗.
  private func chainStart(
    of mention: EntityMention, among mentions: ArraySlice<EntityMention>
  ) -> Int {
    var start = mention.range.lowerBound
    for other in mentions.reversed() where other.range.upperBound == start {
      start = other.range.lowerBound
    }
    return start
  }

  /// The last date that the figure can be of: not one it is compared with, one since which something lasts, or that of
  /// a paper.
  private func date(
    among dates: ArraySlice<PlacedRow<dk_date>>, of offset: Int, behind previous: Int
  ) -> dk_ref? {
    let text = document.text
    let date = dates.last { date in
      let start = date.range.lowerBound
      let clause = text.clauseStart(of: start, within: Self.longestClause)..<start
      let roles = words.roles(before: start, in: text)
      return date.range.upperBound <= offset && !roles.contains(.compared)
        && !(roles.contains(.from) && previous > date.range.upperBound)
        && !words.roles(within: clause, of: text).contains(.source)
    }
    guard let date, !isSince(date) else { return nil }
    let roles = words.roles(within: date.range.upperBound..<offset, of: text)
    return roles.isDisjoint(with: [.other, .time]) ? date.reference : nil
  }

  /// Whether something lasts since a date: 2021年以来, 2021年结对以来.
  private func isSince(_ date: PlacedRow<dk_date>) -> Bool {
    if date.row.states(1), !date.row.states(2) { return true }
    let text = document.text
    let end = min(text.count, date.range.upperBound + Self.longestSince)
    guard let word = text.firstOffset(of: "以来", in: date.range.upperBound..<end) else {
      return false
    }
    return text.clauseStart(of: word, within: Self.longestSince) <= date.range.upperBound
  }

  /// Whether words between a name and a figure say that the figure is of another: 其余15家.
  private func isOfAnother(_ part: Range<Int>) -> Bool {
    words.roles(within: part, of: document.text).contains(.other)
  }
}
