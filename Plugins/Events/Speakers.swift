import DuikouPlugin
import DuikouReading
import DuikouText

/// Who may speak in a document, by where their names or titles end.
struct Speakers {
  private let text: SourceText
  private var entities: [Int: dk_ref]
  private let titles: [UInt32: [String]]

  init(_ context: EventContext) {
    text = context.text
    let image = context.document.call.image
    let positions = context.document.placed(dk_position.self)
    let named = context.mentions.filter { $0.isA(dk_person.self) || $0.isA(dk_agency.self) }
    entities = Dictionary(named.map { ($0.range.upperBound, $0.entity) }) { first, _ in first }
    for position in positions where position.row.person.row > 0 {
      let end = position.range.upperBound
      if entities[end] == nil { entities[end] = position.row.person }
    }
    titles = Dictionary(
      positions.compactMap { position in
        image.string(position.row.title).map { (position.row.person.row, [$0]) }
      }, uniquingKeysWith: +)
  }

  /// Who ends at `offset`, with the name or with a title behind it: 宋宇 or 宋宇主任.
  func speaker(endingAt offset: Int, longestTitle: Int) -> dk_ref? {
    var at = offset
    for _ in 0...longestTitle {
      if let entity = entities[at], at == offset || holds(entity, titleIn: at..<offset) {
        return entity
      }
      guard CharacterClass(text.scalar(before: at).value) == .han else { return nil }
      at = text.scalarStart(before: at)
    }
    return nil
  }

  /// Whether a person holds a title with these words at its end.
  private func holds(_ entity: dk_ref, titleIn range: Range<Int>) -> Bool {
    guard entity.type == dk_person.typeID, let titles = titles[entity.row] else { return false }
    let words = text.string(range)
    return titles.contains { $0.hasSuffix(words) }
  }
}
