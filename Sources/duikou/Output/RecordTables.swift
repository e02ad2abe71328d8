import DuikouModel
import DuikouPipeline
import DuikouTerminal

/// Records as tables: all of them for a few documents, counts for many.
struct RecordTables {
  let language: Language

  /// Of so many documents all records are shown.
  static let detailed = 3

  func show(_ results: [DocumentResult], on terminal: Terminal) {
    if results.count <= Self.detailed {
      for result in results { terminal.write(detail(result, terminal)) }
    }
    if results.count != 1 { terminal.write(summary(results, terminal)) }
    for result in results {
      for failure in result.failures {
        let head = terminal.styled(language.pick("插件失败", "plugin failed"), .yellow)
        terminal.write(
          "\(head) \(result.uri): \(failure.plugin)/\(failure.method): \(failure.message) [\(failure.code)]\n"
        )
      }
    }
  }

  private func detail(_ result: DocumentResult, _ terminal: Terminal) -> String {
    let records = result.records()
    let names = RecordNames(records, language)
    var table = TextTable([
      .init(language.pick("类别", "Kind")),
      .init(language.pick("内容", "Record"), isFlexible: true),
      .init(language.pick("原文", "Evidence"), isFlexible: true),
      .init(language.pick("位置", "Where")),
      .init(language.pick("可信度", "Conf.")),
      .init(language.pick("插件", "Plugin"), isFlexible: true),
    ])
    for record in records where !Self.isHidden(record) {
      table.add([
        TypeNames.name(record.type, language), names.text(of: record),
        record.evidence?.text ?? "",
        record.evidence.map { place(of: $0) } ?? "",
        record.confidence.map { "\(Int(($0 * 100).rounded()))%" } ?? "",
        record.producer.split(separator: " ").first.map(String.init) ?? "",
      ])
    }
    let title = terminal.styled(result.title, .bold)
    let counts = TypeNames.counted.map { type in
      "\(TypeNames.name(type, language)) \(result.counts[type] ?? 0)"
    }
    let line = counts.joined(separator: " · ")
    return "\(title)\n\(terminal.styled("\(result.uri)  \(line)", .dim))\n\n"
      + table.rendered(for: terminal) + "\n"
  }

  /// The place in the file.
  private func place(of evidence: Record.Evidence) -> String {
    guard let source = evidence.source else {
      return "\(evidence.range.lowerBound)–\(evidence.range.upperBound)"
    }
    let parts = [
      source.part, source.page.map { language.pick("第\($0)页", "p. \($0)") },
      source.line.map { language.pick("\($0)行", "row \($0)") },
      source.column.map { language.pick("\($0)列", "col. \($0)") },
    ]
    return parts.compactMap(\.self).joined(separator: " ")
  }

  private func summary(_ results: [DocumentResult], _ terminal: Terminal) -> String {
    guard !results.isEmpty else { return "" }
    var table = TextTable(
      [
        .init(language.pick("文档", "Document"), isFlexible: true),
        .init(language.pick("文件", "File"), isFlexible: true),
      ]
        + TypeNames.counted.map { .init(TypeNames.name($0, language)) }
        + [.init(language.pick("失败", "Failed"))])
    for result in results {
      let counts = TypeNames.counted.map { "\(result.counts[$0] ?? 0)" }
      let title = result.title.isEmpty ? result.uri : result.title
      let file = result.uri.split(separator: "/").last.map(String.init) ?? result.uri
      let failures = result.failures.isEmpty ? "" : "\(result.failures.count)"
      table.add([title, file] + counts + [failures])
    }
    return table.rendered(for: terminal)
  }

  /// Rows that say where something is, not what.
  private static func isHidden(_ record: Record) -> Bool {
    switch record.type {
    case "duikou.document", "duikou.segment": true
    case "duikou.mention": record["entity"] != nil
    default: false
    }
  }
}

/// Row types in people's words.
enum TypeNames {
  /// The types that summaries count.
  static let counted = [
    "duikou.place", "duikou.agency", "duikou.person", "duikou.position", "duikou.agreement",
  ]

  /// Types that plugins bring along.
  private static let own = ["org.duikou.tagger.scenic_spot": (zh: "景点", en: "scenic spot")]

  static func name(_ type: String, _ language: Language) -> String {
    if let own = own[type] { return language.pick(own.zh, own.en) }
    let short = type.split(separator: ".").last.map(String.init) ?? type
    guard language == .zh, type.hasPrefix("duikou.") else { return short }
    return [
      "document": "文档", "segment": "非正文", "mention": "提及", "place": "地点",
      "agency": "机构", "person": "人员", "position": "职务", "agreement": "协议",
      "party": "签署方", "date": "日期", "figure": "数字", "pairing": "结对", "event": "活动",
      "participant": "参与方", "project": "项目", "brand": "品牌线路", "stop": "线路站点",
      "commitment": "提议承诺", "membership": "成员", "organisation": "组织", "region": "区域",
      "need": "供需", "flow": "客流",
    ][short] ?? short
  }
}
