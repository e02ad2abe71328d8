import DuikouReading
import DuikouText

/// A verb of `acts.tsv` at a place of a text.
struct ActVerb: Placed {
  /// What verbs tell of.
  enum Kind: String, CaseIterable {
    case sign, found, initiate, present, visit, lead, attend, advise, join, intend, suppose, plain
  }

  let kind: Kind
  let range: Range<Int>
}

/// The verbs of `acts.tsv`.
struct ActVerbs: Sendable {
  private let lexicon: Lexicon

  init(_ table: DataTable) {
    lexicon = Lexicon(
      table.rows.map { row in
        let index = ActVerb.Kind.allCases.firstIndex { $0.rawValue == row[1] }
        return (surface: row[0], value: UInt32(index ?? ActVerb.Kind.allCases.count))
      })
  }

  /// Those of what is to be read, in order.
  func found(in document: NormalDocument) -> [ActVerb] {
    document.parts.flatMap { part in
      lexicon.matches(in: document.text, range: part).compactMap { match in
        let index = Int(match.value)
        guard index < ActVerb.Kind.allCases.count else { return nil }
        return ActVerb(kind: ActVerb.Kind.allCases[index], range: match.range)
      }
    }
  }
}
