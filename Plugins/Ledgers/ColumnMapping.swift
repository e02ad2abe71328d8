import DuikouPlugin
import DuikouText

/// What the columns of ledgers hold, by the words of their headers.
struct ColumnMapping: Sendable {
  private struct Entry {
    let field: ColumnField
    /// Of numbers whose header has none; empty where nobody has said it.
    let unit: String
  }

  private let entries: [String: Entry]

  private static let parts: Set<String> = ["其中", "小计", "合计", "总计", "总额", "总数"]

  /// Reads the table, and before it an office's own pairs, such as 工程=project.name; 总盘子(万元)=project.amount.
  /// Throws `invalidArgument` for a pair that is none, with the fields there are.
  init(_ table: DataTable, own: String?) throws(DuikouError) {
    var entries = Dictionary(
      table.rows.compactMap { row in
        ColumnField(rawValue: row[1]).map { (row[0], Entry(field: $0, unit: "")) }
      }
    ) { first, _ in first }
    var named: Set<String> = []
    for pair in (own ?? "").inNormalForm.split(whereSeparator: { ";\n".contains($0) }) {
      let parts = pair.split(separator: "=", omittingEmptySubsequences: false).map(Self.trimmed)
      guard parts != [""] else { continue }
      guard parts.count == 2, let field = ColumnField(rawValue: parts[1]) else {
        let names = ColumnField.allCases.map(\.rawValue).joined(separator: ", ")
        throw Self.error(
          pair, "is no header with a field; write 工程名称=project.name, and the fields are \(names)")
      }
      let header = ColumnHeader(parts[0])
      guard !header.word.isEmpty else { throw Self.error(pair, "has no header before the =") }
      guard named.insert(header.word).inserted else {
        throw Self.error(pair, "names a header that another pair names; keep one of them")
      }
      entries[header.word] = Entry(field: field, unit: header.unit)
    }
    self.entries = entries
  }

  private static func error(_ pair: Substring, _ what: String) -> DuikouError {
    DuikouError(.invalidArgument, "columns: \(trimmed(pair)) \(what)")
  }

  /// What a column holds whose headers are given from top to bottom, and the unit of its numbers; nil where
  /// nobody has said it.
  func field(of headers: [ColumnHeader]) -> (field: ColumnField, unit: String)? {
    let unit = headers.last { !$0.unit.isEmpty }?.unit ?? ""
    // 项目 above 名称 is 项目名称; then 名称, then 项目.
    let words = headers.map(\.word).filter { !$0.isEmpty && $0 != "其中" }
    for start in words.indices {
      if let entry = entries[words[start...].joined()] { return found(entry, unit) }
    }
    for end in words.indices.reversed() {
      guard let entry = entries[words[..<end].joined()] ?? (end > 0 ? entries[words[end - 1]] : nil)
      else { continue }
      let isWhole = Self.parts.contains(words[end]) && !headers.contains { $0.word == "其中" }
      let (field, unit) = found(entry, unit)
      return (isWhole ? field : field.ofParts, unit)
    }
    return unit.isEmpty ? nil : (.figure, unit)
  }

  private func found(_ entry: Entry, _ unit: String) -> (field: ColumnField, unit: String) {
    (entry.field, unit.isEmpty ? entry.unit : unit)
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text.drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
