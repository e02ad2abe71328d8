import DuikouPlugin
import DuikouText

/// What rules have found in a document: where, and under which names.
struct NameTable {
  private var ranges: OffsetSet
  /// Divisions, with which names of organisations and spots may begin.
  private var places: RangeIndex
  private var names: Set<String> = []

  init(_ document: Document) {
    let image = document.call.image
    ranges = OffsetSet(count: document.text.count)
    places = RangeIndex(count: document.text.count)
    for (_, mention) in document.rows(dk_mention.self) {
      insert(mention.row, in: document, isPlace: mention.entity.type == dk_place.typeID)
    }
    for (_, agency) in document.rows(dk_agency.self) {
      insert(agency.row, in: document)
      insert(image.string(agency.name))
    }
    for (_, person) in document.rows(dk_person.self) {
      insert(person.row, in: document)
      insert(image.string(person.name))
    }
    for (_, position) in document.rows(dk_position.self) { insert(position.row, in: document) }
    for (_, agreement) in document.rows(dk_agreement.self) { insert(agreement.row, in: document) }
    for (_, organisation) in document.rows(dk_organisation.self) {
      insert(organisation.row, in: document)
      insert(image.string(organisation.name))
    }
  }

  /// Whether a rule has found this name.
  func has(_ name: String) -> Bool { names.contains(name) }

  /// Whether a rule has found something where a name stands. A division at the beginning of a longer name does not
  /// count, except of a person's.
  func covers(_ range: Range<Int>, _ kind: NameKind) -> Bool {
    if ranges.overlaps(range) { return true }
    guard let place = places.last(overlapping: range) else { return false }
    return kind == .person || place.upperBound >= range.upperBound
  }

  private mutating func insert(_ row: dk_row, in document: Document, isPlace: Bool = false) {
    guard let range = document.range(of: row) else { return }
    if isPlace {
      places.insert(range)
    } else {
      ranges.insert(range)
    }
  }

  private mutating func insert(_ name: String?) {
    if let name { names.insert(name) }
  }
}
