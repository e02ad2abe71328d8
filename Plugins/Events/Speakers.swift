import DuikouPlugin
import DuikouReading
import DuikouText

/// Who may speak in a document, by where their names or titles end.
struct Speakers {
  private let text: SourceText
  private var entities: [Int: Named]
  private let titles: [UInt32: [String]]
  /// People with their titles, in order.
  private let people: [EntityMention]

  /// Whoever is named, and where the name or the title before it begins.
  private struct Named {
    let entity: dk_ref
    var start: Int
  }

  init(_ context: EventContext) {
    text = context.text
    let image = context.document.call.image
    let positions = context.document.placed(dk_position.self)
    let named = context.mentions.filter { $0.isA(dk_person.self) || $0.isA(dk_agency.self) }
    entities = Dictionary(
      named.map { ($0.range.upperBound, Named(entity: $0.entity, start: $0.range.lowerBound)) }
    ) { first, _ in first }
    for position in positions where position.row.person.row > 0 {
      let (start, end) = (position.range.lowerBound, position.range.upperBound)
      let named = entities[end] ?? Named(entity: position.row.person, start: start)
      entities[end] = Named(entity: named.entity, start: min(named.start, start))
    }
    let whole = entities
    people = named.filter { $0.isA(dk_person.self) }.map { mention in
      let end = mention.range.upperBound
      let start = min(whole[end]?.start ?? mention.range.lowerBound, mention.range.lowerBound)
      return EntityMention(range: start..<end, entity: mention.entity, flags: mention.flags)
    }.sorted { $0.range.lowerBound < $1.range.lowerBound }
    titles = Dictionary(
      positions.compactMap { position in
        image.string(position.row.title).map { (position.row.person.row, [$0]) }
      }, uniquingKeysWith: +)
  }

  /// Who ends at `offset`, with the name or with a title behind it: 宋宇 or 宋宇主任.
  func speaker(endingAt offset: Int, longestTitle: Int) -> dk_ref? {
    var at = offset
    for _ in 0...longestTitle {
      if let named = entities[at], at == offset || holds(named.entity, titleIn: at..<offset) {
        // 对李云一行表示欢迎 says who is spoken to.
        return Self.toward.contains { text.has($0, before: named.start) } ? nil : named.entity
      }
      guard CharacterClass(text.scalar(before: at).value) == .han else { return nil }
      at = text.scalarStart(before: at)
    }
    return nil
  }

  /// Where whoever ends at `offset` begins, with a title in front.
  func start(endingAt offset: Int, longestTitle: Int) -> Int? {
    var at = offset
    for _ in 0...longestTitle {
      if let named = entities[at] { return named.start }
      guard CharacterClass(text.scalar(before: at).value) == .han else { return nil }
      at = text.scalarStart(before: at)
    }
    return nil
  }

  private static let toward = ["对", "向"]

  /// The person who begins a clause last in a part of the text, with a title or without: 李永华 of 李永华对…表示感谢。他.
  func subject(in range: Range<Int>) -> EntityMention? {
    people.beginning(in: range).last { person in
      person.range.upperBound <= range.upperBound
        && CharacterClass(text.scalar(before: person.range.lowerBound).value).isBoundary
    }
  }

  /// Whoever is named alone at the beginning of a line before a colon, and where the colon ends: 贾玉宝：.
  func labels() -> [(speaker: dk_ref, start: Int, end: Int)] {
    people.compactMap { person in
      let (start, end) = (person.range.lowerBound, person.range.upperBound)
      let colon = text.width(ofAny: [":", "："], at: end)
      if colon > 0, isLineStart(start) { return (person.entity, end, end + colon) }
      // 答：（旅游局局长 贾文斌）.
      let isAnswer =
        text.has("(", before: start) && text.has(")", at: end)
        && ["答:", "答："].contains { text.has($0, before: start - 1) }
      return isAnswer ? (person.entity, end, end + 1) : nil
    }
  }

  /// Who gives the speech that a document is, named in a line of the head with 致辞 or 讲话 before it, and where that line
  /// ends.
  func orator() -> (speaker: dk_ref, end: Int)? {
    guard let first = people.first, first.range.upperBound < Self.head,
      isLineStart(first.range.lowerBound),
      text.has("\n", at: text.skippingClosing(from: first.range.upperBound)),
      ["致辞", "讲话", "致词", "发言", "演讲"].contains(where: {
        text.firstOffset(of: $0, in: 0..<first.range.lowerBound) != nil
      })
    else { return nil }
    return (first.entity, first.range.upperBound)
  }

  /// Bytes of the head of a document.
  private static let head = 450

  private func isLineStart(_ offset: Int) -> Bool {
    var at = offset
    while at > 0, [.blank, .opening].contains(CharacterClass(text.scalar(before: at).value)) {
      if text.has("\n", before: at) { return true }
      at = text.scalarStart(before: at)
    }
    return at == 0 || text.has("\n", before: at)
  }

  /// Whether a person holds a title with these words at its end.
  private func holds(_ entity: dk_ref, titleIn range: Range<Int>) -> Bool {
    guard entity.type == dk_person.typeID, let titles = titles[entity.row] else { return false }
    let words = text.string(range)
    return titles.contains { $0.hasSuffix(words) }
  }
}

extension SourceText {
  /// Behind a closing bracket and blanks that stand at an offset.
  fileprivate func skippingClosing(from offset: Int) -> Int {
    let end = offset + width(ofAny: [")", "）"], at: offset)
    var at = end
    while has(" ", at: at) || has("　", at: at) { at += scalar(at: at).width }
    return at
  }
}
