/// The tags of a model: O, and for each type of name one that begins it (B) and one that goes on (I).
///
/// A tag is a number: 0 for O, `1 + 2 × type` for B, `2 + 2 × type` for I.
public struct TagSet: Equatable, Sendable {
  /// The types, such as `person`, in the order of their numbers.
  public let types: [String]

  /// How many types a model may tell apart.
  public static let mostTypes = 15

  /// Types keep their order; there are at most `mostTypes`.
  init(_ types: [String]) {
    self.types = types
  }

  /// How many tags there are.
  var count: Int { 1 + 2 * types.count }

  static let outside = 0

  static func begin(_ type: Int) -> Int { 1 + 2 * type }

  static func inside(_ type: Int) -> Int { 2 + 2 * type }

  static func isInside(_ tag: Int) -> Bool { tag > 0 && tag & 1 == 0 }

  static func isBegin(_ tag: Int) -> Bool { tag & 1 == 1 }

  /// The type of a tag that is not O.
  static func type(of tag: Int) -> Int { (tag - 1) >> 1 }

  /// Whether `next` may stand behind `tag`; nil is the start of a sentence. A name goes on only
  /// where one of its type has begun.
  static func isLegal(_ tag: Int?, _ next: Int) -> Bool {
    guard isInside(next) else { return true }
    guard let tag else { return false }
    return tag == next || tag == next - 1
  }
}
