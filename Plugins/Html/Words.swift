import DuikouPlugin
import DuikouText

/// The page's words in one language, from `Data/words.tsv`.
struct Words: Sendable {
  /// As in HTML's `lang`.
  let language: String
  private let words: [String: String]

  private static let table = DataTable(PackageResources.words_tsv)
  private static let chinese = Words(language: "zh-CN", column: 1)
  private static let english = Words(language: "en", column: 2)

  private init(language: String, column: Int) {
    self.language = language
    words = Dictionary(Self.table.rows.map { ($0[0], $0[column]) }) { first, _ in first }
  }

  /// The words for a reader of a language such as `en`; Chinese unless it is English.
  init(for language: String) {
    self = language.lowercased().hasPrefix("en") ? Self.english : Self.chinese
  }

  /// The words of a key.
  subscript(key: String) -> String { words[key] ?? key }

  /// The words of a key with a value in their gap.
  subscript(key: String, value: Int) -> String {
    let parts = self[key].split(separator: "{}", maxSplits: 1, omittingEmptySubsequences: false)
    return parts.joined(separator: String(value))
  }

  /// The name of one of a field's values, such as `tourism` among the sectors; the value itself
  /// where it has no name.
  func name(of value: String, in field: String) -> String { words["\(field).\(value)"] ?? value }

  /// How a row's statement differs from a plain one.
  func flags(_ flags: UInt32) -> [String] {
    (0..<8).compactMap { bit in
      flags & 1 << UInt32(bit) == 0 ? nil : self["flag.\(1 << bit)"]
    }
  }

  /// An ISO 8601 duration such as `P3Y`, in words; as it stands where it is none.
  func duration(_ duration: String) -> String {
    var parts: [String] = []
    var digits = ""
    for character in duration.dropFirst() {
      if character.isASCII, character.isNumber {
        digits.append(character)
      } else if "YMWD".contains(character), let number = Int(digits) {
        parts.append(self["duration.\(character)", number])
        digits = ""
      } else {
        return duration
      }
    }
    return duration.first == "P" && digits.isEmpty && !parts.isEmpty
      ? parts.joined(separator: self["duration.separator"]) : duration
  }
}
