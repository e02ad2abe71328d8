/// What stands between two items of a list: 、 ， , or a word such as 和.
public struct ListSeparator: Equatable, Sendable {
  /// How closely a separator binds.
  public enum Kind: Sendable {
    /// 、
    case mark
    /// ， or , which may end a clause as well.
    case comma
    /// 和, 与, 及, 以及 or 暨.
    case word
  }

  public let kind: Kind
  /// Bytes.
  public let width: Int
}

extension SourceText {
  /// The separator that begins at `offset`, or nil.
  public func listSeparator(at offset: Int) -> ListSeparator? {
    let scalar = scalar(at: offset)
    switch Unicode.Scalar(scalar.value) {
    case "、": return ListSeparator(kind: .mark, width: scalar.width)
    case ",", "，": return ListSeparator(kind: .comma, width: scalar.width)
    case "和", "与", "及", "暨": return ListSeparator(kind: .word, width: scalar.width)
    case "以" where has("及", at: offset + scalar.width):
      return ListSeparator(kind: .word, width: "以及".utf8.count)
    default: return nil
    }
  }

  /// The separator that ends at `offset`, or nil.
  public func listSeparator(before offset: Int) -> ListSeparator? {
    let scalar = scalar(before: offset)
    switch Unicode.Scalar(scalar.value) {
    case "、": return ListSeparator(kind: .mark, width: scalar.width)
    case ",", "，": return ListSeparator(kind: .comma, width: scalar.width)
    case "及" where has("以", before: offset - scalar.width):
      return ListSeparator(kind: .word, width: "以及".utf8.count)
    case "和", "与", "及", "暨": return ListSeparator(kind: .word, width: scalar.width)
    default: return nil
    }
  }
}
