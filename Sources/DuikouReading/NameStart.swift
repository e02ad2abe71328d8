import DuikouPlugin
import DuikouText

/// Finds where a name begins whose ending is known: at a quotation mark or other sign, at a division's name, behind a
/// word such as 组织.
public struct NameStart {
  private let document: NormalDocument
  private let starts: Lexicon
  /// Where divisions' names begin and end.
  private let places, placeEnds: OffsetSet
  /// Their bytes behind the first.
  private let insides: OffsetSet

  /// Characters of the longest name.
  private static let longest = 32

  /// The value of a start that belongs to the name where it stands between a division and no other one: 同 in
  /// 北京同仁堂, but not in 北京同内蒙古.
  public static let initial: UInt32 = 1

  /// `starts` are words behind which a name may begin, with `initial` or 0.
  public init(_ document: NormalDocument, starts: Lexicon) {
    self.document = document
    self.starts = starts
    let count = document.text.count
    var (places, ends, insides) = (
      OffsetSet(count: count), OffsetSet(count: count), OffsetSet(count: count)
    )
    for mention in document.mentions() where mention.isA(dk_place.self) {
      places.insert(mention.range.lowerBound)
      ends.insert(mention.range.upperBound)
      insides.insert(mention.range.dropFirst())
    }
    (self.places, placeEnds, self.insides) = (places, ends, insides)
  }

  /// The start of the name that ends at `end`, not before `limit`.
  ///
  /// A division in front begins the name unless a word such as 赴 stands between.
  public func start(of end: Int, notBefore limit: Int) -> Int {
    let text = document.text
    var at = end
    var place: Int?
    for _ in 0..<Self.longest {
      let scalar = text.scalar(before: at)
      guard at - scalar.width >= limit,
        [.han, .letter, .digit].contains(CharacterClass(scalar.value))
      else { break }
      if isBehindStart(at, notBefore: limit) { break }
      at -= scalar.width
      if places.contains(at) { place = at }
    }
    guard let place, place > at else { return at }
    return place
  }

  /// Whether a word ends at `offset` behind which a name may begin.
  private func isBehindStart(_ offset: Int, notBefore limit: Int) -> Bool {
    let text = document.text
    var start = offset
    for _ in 0..<3 {
      start = text.scalarStart(before: start)
      guard start >= limit else { return false }
      if let value = starts.value(of: start..<offset, in: text) {
        // 到 in 到访, 和 in 呼和浩特: a division's name is one word.
        guard !insides.overlaps(offset..<offset + 1) else { return false }
        return value != Self.initial || !placeEnds.contains(start) || places.contains(offset)
      }
    }
    return false
  }
}
