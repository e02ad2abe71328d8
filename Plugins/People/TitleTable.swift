import DuikouText

/// The titles, and how they are found in a text.
struct TitleTable: Sendable {
  /// What a title says about the agency of whoever bears it.
  enum Kind: String, Sendable {
    /// Of the agency in front of it.
    case office
    /// Of the government of the division in front of it: 旗长.
    case government
    /// Of that government behind the name of a division, of an agency elsewhere: 主席.
    case chair
    /// Of an agency which it names itself: 国家主席.
    case national
    /// Of no agency: 记者.
    case free
    /// No position at all: 村民.
    case occupation
    /// The same, and mostly said of many: 游客. Only a verb of speech or the name's second time shows that a name
    /// follows.
    case collective
    /// The same, and only before a colon: 采访者：.
    case label
    /// No title, only looks like one: 领导 in 领导小组.
    case word

    /// Whether it says what somebody is, and not at which agency.
    var isNoPosition: Bool { self == .occupation || self == .collective || self == .label }
  }

  private static let ranks = [
    "", "副", "常务副", "第一副", "执行副", "代", "代理", "名誉", "党组", "党组副", "党委", "党委副", "党工委",
    "党工委副", "党支部", "党总支",
  ]
  /// What makes another word of a title in 长: 区 + 长期.
  private static let notBehindChief = ["期", "远", "久", "效", "足", "城", "江", "达", "三角"]

  private let kinds: [Kind]
  private let lexicon: Lexicon

  /// Reads the table; see its comments for the columns.
  init(_ table: DataTable) {
    kinds = table.rows.map { Kind(rawValue: $0[1]) ?? .word }
    lexicon = Lexicon(
      table.rows.enumerated().flatMap { index, row in
        (row[2] == "yes" ? Self.ranks : [""]).map { ($0 + row[0], UInt32(index)) }
      })
  }

  /// The titles in a part of the text, in order.
  func titles(in text: SourceText, range: Range<Int>) -> [Title] {
    lexicon.matches(in: text, range: range).compactMap { match in
      let kind = kinds[Int(match.value)]
      let isCut =
        text.has("长", before: match.end)
        && text.width(ofAny: Self.notBehindChief, at: match.end) > 0
      return kind == .word || isCut ? nil : Title(range: match.range, kind: kind)
    }
  }

  /// What is left of a title whose beginning belongs to something that ends at `offset`: 副书记 of
  /// 党委副书记 behind 通辽市党委. 旗长 and 局长 stay as they are, though their first character is a
  /// division's or an agency's last.
  func rest(of title: Title, behind offset: Int, in text: SourceText) -> Title? {
    let range = offset..<title.range.upperBound
    if let value = lexicon.value(of: range, in: text), kinds[Int(value)] != .word {
      return Title(range: range, kind: kinds[Int(value)])
    }
    return title.kind == .government || text.string(range) == "长" ? title : nil
  }
}

/// A title at a place of the text.
struct Title: Sendable {
  /// Bytes of the document's text.
  let range: Range<Int>
  let kind: TitleTable.Kind

  /// Whether people are called so behind their names: 同志.
  func isAddress(in text: SourceText) -> Bool {
    ["同志", "先生", "女士"].contains(text.string(range))
  }
}
