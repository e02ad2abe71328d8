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

  static let words = ["以及", "和", "与", "及", "暨"]
}

extension SourceText {
  /// The separator that begins at `offset`, or nil.
  public func listSeparator(at offset: Int) -> ListSeparator? {
    let scalar = scalar(at: offset)
    switch scalar.value {
    case 0x3001: return ListSeparator(kind: .mark, width: scalar.width)
    case 0x2c, 0xff0c: return ListSeparator(kind: .comma, width: scalar.width)
    default:
      let width = width(ofAny: ListSeparator.words, at: offset)
      return width > 0 ? ListSeparator(kind: .word, width: width) : nil
    }
  }

  /// The separator that ends at `offset`, or nil.
  public func listSeparator(before offset: Int) -> ListSeparator? {
    let scalar = scalar(before: offset)
    switch scalar.value {
    case 0x3001: return ListSeparator(kind: .mark, width: scalar.width)
    case 0x2c, 0xff0c: return ListSeparator(kind: .comma, width: scalar.width)
    default:
      let word = ListSeparator.words.first { has($0, before: offset) }
      return word.map { ListSeparator(kind: .word, width: $0.utf8.count) }
    }
  }
}
