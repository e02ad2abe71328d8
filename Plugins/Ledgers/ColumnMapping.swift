import DuikouPlugin
import DuikouText

/// What the columns of a ledger hold, by the words of their headers.
struct ColumnMapping: Sendable {
  enum Field: String, CaseIterable, Sendable {
    case projectName = "project.name"
    case projectPlace = "project.place"
    case projectAmount = "project.amount"
    case projectStatus = "project.status"
    case action = "commitment.action"
    case speaker = "commitment.speaker"
    case due = "commitment.due"
    case figure
    case none
  }

  private let fields: [String: Field]

  /// Reads the table, and before it an office's own pairs, such as 工程=project.name; 总盘子=project.amount.
  /// Throws `invalidArgument` for a pair that is none, with the fields there are.
  init(_ table: DataTable, own: String?) throws(DuikouError) {
    var fields = Dictionary(
      table.rows.compactMap { row in Field(rawValue: row[1]).map { (row[0], $0) } }
    ) { first, _ in first }
    for pair in (own ?? "").split(whereSeparator: { ";；\n".contains($0) }) {
      let parts = pair.split(separator: "=", maxSplits: 1).map(Self.trimmed)
      guard !Self.trimmed(pair).isEmpty else { continue }
      guard parts.count == 2, !parts[0].isEmpty, let field = Field(rawValue: parts[1]) else {
        let names = Field.allCases.map(\.rawValue).joined(separator: ", ")
        throw DuikouError(
          .invalidArgument,
          "columns: \(Self.trimmed(pair)) is no header with a field; write 工程名称=project.name, and the "
            + "fields are \(names)")
      }
      fields[ColumnHeader(parts[0]).word] = field
    }
    self.fields = fields
  }

  /// What a column with a header holds; nil where nobody has said it.
  func field(of header: ColumnHeader) -> Field? { fields[header.word] }

  private static func trimmed(_ text: Substring) -> String {
    var text = text.drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
