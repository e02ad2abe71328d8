import DuikouPlugin
import DuikouReading

/// A division, named at a place of the text: what an agency's name begins with.
struct Anchor: Sendable {
  /// Bytes of the document's text.
  let range: Range<Int>
  let division: Division
  /// Whether a word such as 自治区 stands for the name.
  let isReference: Bool

  /// An administrative division.
  struct Division: Sendable {
    /// GB/T 2260; 0 for the nation.
    let code: UInt32
    let parent: UInt32
    /// DK_LEVEL_PROVINCE and so on.
    let level: UInt32
    let name: String

    static let nation = Division(code: 0, parent: 0, level: UInt32(DK_LEVEL_NATION), name: "")

    var isCounty: Bool { !code.isMultiple(of: 100) }

    /// Whether a name that ends in `word` may be shortened to it: 市 for 北京市, but not 区 for 自治区.
    func isCalled(_ word: String) -> Bool {
      name.hasSuffix(word) && !(word == "区" && name.hasSuffix("自治区"))
    }
  }
}

extension NormalDocument {
  /// The divisions that the document names, in the order of the text.
  var anchors: [Anchor] {
    let places = document.rows(dk_place.self)
    let divisions = Dictionary(
      uniqueKeysWithValues: places.map { reference, place in
        (
          reference.row,
          Anchor.Division(
            code: place.code, parent: place.parent, level: place.level,
            name: call.image.string(place.name) ?? "")
        )
      })
    let anchors = document.rows(dk_mention.self).compactMap { mention -> Anchor? in
      guard mention.row.entity.type == dk_place.typeID,
        let division = divisions[mention.row.entity.row], let range = range(of: mention.row.row)
      else { return nil }
      return Anchor(
        range: range, division: division, isReference: mention.row.kind == UInt32(DK_REFERENCE))
    }
    return anchors.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }
}
