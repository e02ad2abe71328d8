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
    case "duikou.date": return dates(of: record)
    case "duikou.figure": return figure(record)
    case "duikou.party": return "\(field("agreement")) ← \(field("party"))"
    case "duikou.pairing": return pairing(record)
    case "duikou.event", "duikou.project", "duikou.brand", "duikou.organisation":
      return joined([field("kind"), field("name"), field("object")], " ", "·", field("start"))
    case "duikou.participant": return "\(field("event")) ← \(field("role")) \(field("who"))"
    case "duikou.commitment":
      return joined([field("speaker"), field("kind")], " ", "·", field("action"))
    case "duikou.membership":
      return "\(field("organisation")) ← \(field("role")) \(field("member"))"
    case "duikou.region": return joined([field("name")], " ", "·", field("members"))
    case "duikou.stop":
      // A scenic spot has no record, but a name in the text.
      let place = record["place"] == nil ? record.evidence?.text ?? "" : field("place")
      return "\(field("route")) \(field("order")). \(place)"
    case "duikou.flow": return flow(record)
    case "duikou.need": return joined([field("party"), field("kind")], " ", "·", field("topic"))
    default:
      // A name says enough, also of types that are not known here.
      if record.fields.count == 1, record["name"] != nil { return field("name") }
      return record.fields.map { "\($0.name)=\(resolve($0.value))" }.joined(separator: " ")
    }
  }

  /// Who helps whom, with the numbers of districts and counties, such as `北京市 16 → 赤峰市 8 · 2011-01-01`.
  private func pairing(_ record: Record) -> String {
    func side(_ name: String, _ units: String) -> String {
      let words = [record[name].map(resolve) ?? "", record[units]?.description ?? ""]
      return words.filter { !$0.isEmpty }.joined(separator: " ")
    }
    let sides = [side("helper", "helper_units"), side("helped", "helped_units")]
    return joined(sides, " → ", "·", record["since"]?.description ?? "")
  }

  /// Who goes where, how many, and what they spent, such as `北京市 → 赤峰市 30000 人次 2000 元 · 2019-01-01 – 2019-12-31`.
  private func flow(_ record: Record) -> String {
    let sides = ["from", "to"].map { record[$0].map(resolve) ?? "" }.filter { !$0.isEmpty }
    var words = [sides.joined(separator: " → ")]
    if let visitors = record["visitors"] {
      words.append("\(visitors) \(language.pick("人次", "visits"))")
    }
    if case .int(let fen)? = record["spending"] {
      let yuan = fen % 100 == 0 ? "\(fen / 100)" : Self.decimal(fen, -2)
      words.append("\(yuan) \(language.pick("元", "yuan"))")
    }
    let days = record["start"] == nil && record["end"] == nil ? "" : dates(of: record)
    return joined(words, " ", "·", days)
  }

  /// One day, or the first and the last, either of which may be open.
  private func dates(of record: Record) -> String {
    let (start, end) = (record["start"]?.description ?? "", record["end"]?.description ?? "")
    return start == end ? start : "\(start) – \(end)"
  }

  /// A number with unit and indicator, such as `> 1.2万 人次 游客`.
  private func figure(_ record: Record) -> String {
    guard case .int(let value)? = record["value"] else { return "" }
    var exponent: Int64 = 0
    if case .int(let stated)? = record["exponent"] { exponent = stated }
    var number = Self.decimal(value, exponent)
    if case .int(let upper)? = record["upper"] { number += "–" + Self.decimal(upper, exponent) }
    if case .name(let name, _)? = record["comparator"] {
      number =
        "\(["below": "<", "at_most": "≤", "at_least": "≥", "above": ">"][name] ?? "") \(number)"
    }
    let words = [number, record["unit"]?.description ?? "", record["indicator"]?.description ?? ""]
    return words.filter { !$0.isEmpty }.joined(separator: " ")
  }

  private static func decimal(_ value: Int64, _ exponent: Int64) -> String {
    guard exponent < 0, exponent >= -18 else {
      return exponent == 0 ? "\(value)" : "\(value)e\(exponent)"
    }
    let digits = String(value.magnitude)
    let missing = max(0, 1 - Int(exponent) - digits.count)
    let padded = String(repeating: "0", count: missing) + digits
    let point = padded.index(padded.endIndex, offsetBy: Int(exponent))
    return (value < 0 ? "-" : "") + padded[..<point] + "." + padded[point...]
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
    // Most events have no name of their own.
    return type == "duikou.event" ? text(of: target) : value.description
  }

  /// Named values in Chinese.
  private static let words = [
    "proposed": "拟签", "signed": "已签署", "ended": "已终止", "nation": "全国",
    "province": "省级", "prefecture": "地级", "county": "县级", "township": "乡级",
    "meeting": "会议", "signing": "签署", "founding": "成立", "presentation": "介绍", "visit": "考察",
    "opening": "启动", "training": "培训", "attendee": "出席", "organiser": "主办", "counterpart": "对接",
    "speaker": "发言", "audience": "听取", "signatory": "签署方", "founder": "发起", "member": "成员",
    "planned": "计划", "running": "进行中", "done": "完成", "label": "品牌", "route": "线路",
    "slogan": "口号", "proposal": "提议", "promise": "承诺", "plan": "计划", "advice": "建议",
    "company": "企业", "platform": "平台", "association": "协会", "need": "需求", "offer": "供给",
  ]
}
