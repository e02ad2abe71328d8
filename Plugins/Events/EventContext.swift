import DuikouPlugin
import DuikouReading
import DuikouText

/// What stands in a document that events are made of, by its place.
struct EventContext {
  let document: NormalDocument
  let text: SourceText
  let verbs: [ActVerb]
  let mentions: [EntityMention]
  /// Dates with a first day, and those of them that are days and months.
  private let beginnings: [PlacedRow<dk_date>]
  let dates: [PlacedRow<dk_date>]
  /// The full names of the document's divisions.
  let placeNames: [(name: String, reference: dk_ref)]
  /// Groups of agencies, which have no mentions.
  let groups: [EntityMention]
  /// The codes of divisions, by their rows.
  private let codes: [UInt32: UInt32]

  /// Bytes to each side of something that are read as its sentence: more than sentences have.
  private static let sentenceReach = 1_200

  init(_ document: NormalDocument, _ verbs: ActVerbs) {
    self.document = document
    self.verbs = verbs.found(in: document)
    text = document.text
    mentions = document.mentions()
    beginnings = document.placed(dk_date.self).filter {
      $0.row.states(1) && $0.row.precision <= UInt32(DK_PRECISION_YEAR)
    }
    dates = beginnings.filter { $0.row.precision <= UInt32(DK_PRECISION_MONTH) }
    let places = document.document.rows(dk_place.self)
    placeNames = places.compactMap { place in
      document.call.image.string(place.row.name).map { ($0, place.reference) }
    }
    codes = Dictionary(places.map { ($0.reference.row, $0.row.code) }) { first, _ in first }
    groups = document.placed(dk_agency.self).compactMap { agency in
      agency.row.row.flags & UInt32(DK_GENERIC) == 0
        ? nil : EntityMention(range: agency.range, entity: agency.reference, flags: Int(DK_GENERIC))
    }
  }

  /// The mentions of a type that begin in a part of the text, in order; of one entity the first.
  func entities<R: RowType>(_ type: R.Type, in range: Range<Int>) -> [EntityMention] {
    var seen: Set<UInt32> = []
    return mentions.beginning(in: range).filter {
      $0.isA(type) && seen.insert($0.entity.row).inserted
    }
  }

  /// Where a division begins that ends at an offset: that of 赤峰市敖汉旗.
  func place(endingAt end: Int, notBefore limit: Int) -> Int? {
    let reach = max(limit, end - Self.longestPlace)..<max(limit, end)
    return mentions.beginning(in: reach).first {
      $0.isA(dk_place.self) && lowest(from: $0).range.upperBound == end
    }?.range.lowerBound
  }

  /// In bytes.
  private static let longestPlace = 60

  /// A part of the text without the reporters in brackets with which it begins: 本报讯（记者 田虎）.
  func withoutByline(_ range: Range<Int>) -> Range<Int> {
    let head = range.lowerBound..<min(range.upperBound, range.lowerBound + Self.longestByline)
    guard let open = text.firstOffset(of: "(", in: head),
      ["记者", "通讯员"].contains(where: { text.firstOffset(of: $0, in: open..<head.upperBound) != nil }
      ),
      let close = text.firstOffset(of: ")", in: open..<head.upperBound)
    else { return range }
    return close + 1..<range.upperBound
  }

  /// In bytes.
  private static let longestByline = 150

  /// Of divisions that follow one another the lowest, with the place of all: 敖汉旗 of 赤峰市敖汉旗.
  func lowest(from mention: EntityMention) -> EntityMention {
    var lowest = mention
    while let code = codes[lowest.entity.row],
      let next = mentions.beginning(in: lowest.range.upperBound..<lowest.range.upperBound + 1)
        .first(where: { $0.isA(dk_place.self) && codes[$0.entity.row].map(code.holds) == true })
    {
      lowest = EntityMention(
        range: mention.range.lowerBound..<next.range.upperBound, entity: next.entity,
        flags: next.flags)
    }
    return lowest
  }

  /// The first day that is named in a part of the text.
  func date(in range: Range<Int>) -> dk_date? { dates.beginning(in: range).first?.row }

  /// The day or month that is named last in a part of the text as the time of what follows, the first one otherwise.
  func lastTime(in range: Range<Int>) -> dk_date? {
    let dates = dates.beginning(in: range)
    return (dates.last { isTime($0.range, in: range) } ?? dates.first)?.row
  }

  /// The month that is named last in a part of the text, where no day is.
  func month(in range: Range<Int>) -> dk_date? {
    guard let last = dates.beginning(in: range).last?.row,
      last.precision == UInt32(DK_PRECISION_MONTH)
    else { return nil }
    return last
  }

  /// The agreements that are signed, by their rows.
  func signedAgreements() -> [UInt32: dk_agreement] {
    let signed = document.document.rows(dk_agreement.self).filter {
      $0.row.status == UInt32(DK_SIGNED)
    }
    return Dictionary(signed.map { ($0.reference.row, $0.row) }) { first, _ in first }
  }

  /// The first day of the date that stands directly before those who join, or the verb, in the sentence before it.
  func since(of members: Int, or verb: Int, in sentence: Range<Int>) -> Int32? {
    beginnings.beginning(in: sentence).last { date in
      [members, verb].contains { $0 >= date.range.upperBound && leads(date.range, to: $0) }
        && isTime(date.range, in: sentence)
    }?.row.start
  }

  /// Whether only words such as 起 and 正式 stand between a date and what begins at `end`.
  private func leads(_ date: Range<Int>, to end: Int) -> Bool {
    var at = date.upperBound
    while at < end {
      let width = text.width(
        ofAny: ["起", "开始", "，", ",", "年", "份", "正式", "共同", "先后", "成功", "率先", "又", "就", "已", "也"],
        at: at)
      if width == 0 { return false }
      at += width
    }
    return at == end
  }

  /// Whether a date begins a clause, or stands behind 自 or 于, or behind a name: not 根据2020年 or 截至2020年.
  private func isTime(_ date: Range<Int>, in sentence: Range<Int>) -> Bool {
    let start = date.lowerBound
    return start == sentence.lowerBound
      || CharacterClass(text.scalar(before: start).value) == .clauseEnd
      || ["自", "从", "于", "在", "、"].contains { text.has($0, before: start) }
      || mentions.beginning(in: sentence).contains { $0.range.upperBound == start }
  }

  /// The sentence around a range, as far as it is not longer than sentences are.
  func sentence(around range: Range<Int>) -> Range<Int> {
    let start = text.sentenceStart(
      of: range.lowerBound, notBefore: max(0, range.lowerBound - Self.sentenceReach))
    // The range may end its sentence.
    let isEnd = CharacterClass(text.scalar(at: range.upperBound).value) == .sentenceEnd
    guard !isEnd else { return start..<range.upperBound }
    let limit = min(range.upperBound + Self.sentenceReach, text.count)
    return start..<(text.firstSentence(in: range.upperBound..<limit)?.upperBound ?? limit)
  }

  /// The sentences in which verbs of some kinds stand, in order, each with the first of them.
  func sentences(_ kinds: ActVerb.Kind...) -> [(range: Range<Int>, verb: ActVerb)] {
    document.parts.flatMap { part in
      var end = part.lowerBound
      return verbs.beginning(in: part).compactMap { verb -> (range: Range<Int>, verb: ActVerb)? in
        let place = verb.range.lowerBound
        guard kinds.contains(verb.kind), place >= end else { return nil }
        let start = text.sentenceStart(of: place, notBefore: part.lowerBound)
        end = text.firstSentence(in: place..<part.upperBound)?.upperBound ?? part.upperBound
        return (start..<end, verb)
      }
    }
  }

  /// A sentence with those before it that are joined to it by ;, as far as they are near.
  func joined(to sentence: Range<Int>) -> Range<Int> {
    let limit = max(0, sentence.lowerBound - Self.sentenceReach)
    var start = sentence.lowerBound
    while start > limit, text.width(ofAny: [";", "；"], at: text.scalarStart(before: start)) > 0 {
      start = text.sentenceStart(of: text.scalarStart(before: start), notBefore: limit)
    }
    return start..<sentence.upperBound
  }
}

extension UInt32 {
  /// Whether the division of this code holds that of another: 150400 holds 150430.
  fileprivate func holds(_ other: UInt32) -> Bool {
    self != other && (self == other / 100 * 100 || self == other / 10_000 * 10_000)
  }
}
