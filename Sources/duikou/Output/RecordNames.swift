import DuikouModel

/// Records in a few words, with what they refer to.
struct RecordNames {
  private let records: [String: [Int: Record]]
  private let language: Language

  init(_ records: [Record], _ language: Language) {
    self.language = language
    self.records = Dictionary(grouping: records, by: \.type).mapValues { list in
      Dictionary(list.map { ($0.index, $0) }) { first, _ in first }
    }
  }

  /// What a record is about, such as `宋宇 主任 · 北京市旅游发展委员会`.
  func text(of record: Record) -> String {
    func field(_ name: String) -> String { record[name].map(resolve) ?? "" }
    switch record.type {
    case "duikou.place": return "\(field("name")) \(field("code"))"
    case "duikou.agency", "duikou.person": return field("name")
    case "duikou.position":
      return joined([field("person"), field("title")], " ", "·", field("agency"))
    case "duikou.agreement":
      return joined(["《\(field("title"))》", field("status")], " ", "←", field("implements"))
    case "duikou.party": return "\(field("agreement")) ← \(field("party"))"
    default:
      return record.fields.map { "\($0.name)=\(resolve($0.value))" }.joined(separator: " ")
    }
  }

  private func joined(
    _ words: [String], _ separator: String, _ mark: String, _ last: String
  ) -> String {
    let head = words.filter { !$0.isEmpty }.joined(separator: separator)
    return last.isEmpty ? head : "\(head) \(mark) \(last)"
  }

  /// A value, with a reference replaced by the name of what it refers to.
  private func resolve(_ value: Record.Value) -> String {
    if case .name(let name, _) = value {
      return Self.words[name].map { language.pick($0, name) } ?? name
    }
    guard case .reference(let type, let index) = value, let target = records[type]?[index] else {
      return value.description
    }
    for name in ["name", "title", "code"] {
      if let value = target[name] {
        return type == "duikou.agreement" ? "《\(value)》" : value.description
      }
    }
    return value.description
  }

  /// Named values in Chinese.
  private static let words = [
    "proposed": "拟签", "signed": "已签署", "ended": "已终止", "nation": "全国",
    "province": "省级", "prefecture": "地级", "county": "县级", "township": "乡级",
  ]
}
