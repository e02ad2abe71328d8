import DuikouPlugin

/// A document's records of one kind, as a table under a heading.
struct RecordSection {
  let view: DocumentView
  /// The kind's name in the page's style sheet and among its words.
  let name: String
  let count: Int
  /// Keys of the heading and of the columns' words.
  let heading: String
  let columns: [String]

  init(view: DocumentView, name: String, count: Int, heading: String, columns: [String]) {
    self.view = view
    self.name = name
    self.count = count
    self.heading = heading
    self.columns = columns
  }

  /// For a kind of entity.
  init(view: DocumentView, kind: EntityKind, heading: String, columns: [String]) {
    self.init(
      view: view, name: kind.name, count: view.records.count(of: kind, in: view.document),
      heading: heading, columns: columns)
  }

  /// Writes the table; `rows` writes its rows, `before` what stands above it.
  func write(before: () throws -> Void = {}, _ rows: () throws -> Void) throws {
    try view.page.write(
      """
      <section class="kind \(name)" id="d\(view.number)-\(name)">
      <h3>\(view.words[heading]) <small>\(count)</small></h3>\n
      """)
    if count == 0 {
      try view.page.write("<p class=\"none\">\(view.words["none.\(name)"])</p>\n")
    } else {
      let heads = columns.map { "<th scope=\"col\">\(view.words[$0])</th>" as Markup }
      try before()
      try view.page.write("<table>\n<thead><tr>\(heads.joined(by: ""))</tr></thead>\n")
      try rows()
      try view.page.write("</table>\n")
    }
    try view.page.write("</section>\n")
  }

  /// Opens the rows of one record.
  func open(_ entity: dk_ref) throws {
    try view.page.write("<tbody id=\"\(name)-\(Int(entity.row))\">\n")
  }

  /// Writes a record's values, the first as its name.
  func writeValues(_ values: [Markup]) throws {
    try view.page.write("<tr>")
    for (index, value) in values.enumerated() {
      try view.page.write(
        index == 0 ? "<th scope=\"row\">\(value)</th>" : "<td>\(value)</td>")
    }
    try view.page.write("</tr>\n")
  }

  /// Writes where a record was read, and how sure that is. `entity` adds where it is mentioned.
  func writeEvidence(_ row: dk_row, entity: dk_ref? = nil, facts: [Markup] = []) throws {
    try view.page.write("<tr class=\"evidence\"><td colspan=\"\(columns.count)\">")
    try view.page.write(quote(row))
    try view.page.write(
      "<span class=\"facts\">\((sureness(row) + place(of: row) + facts).joined(by: " "))</span>")
    if let entity { try MentionList(view: view, entity: entity).write() }
    try view.page.write("</td></tr>\n")
  }

  func close() throws { try view.page.write("</tbody>\n") }

  /// A row's words in the text, as a link to them.
  func quote(_ row: dk_row) -> Markup {
    guard let id = view.anchors.id(of: row), let range = view.document.validRange(of: row) else {
      return Markup()
    }
    return """
      <a class="quote" href="#\(id)" lang="\(view.language)" title="\(view.words["go"])">\
      \(Quote(range, in: view.text).markup)</a>
      """
  }

  /// The page, sheet, row and column of the file at which a record was read, where it has them.
  private func place(of row: dk_row) -> [Markup] {
    guard let piece = view.records.piece(of: row, in: view.document) else { return [] }
    var parts: [Markup] = []
    if let part = view.records.image.string(piece.part), !part.isEmpty { parts.append("\(part)") }
    for (word, number) in [
      ("source.page", piece.page), ("source.line", piece.line), ("source.column", piece.column),
    ] where number > 0 {
      parts.append("\(view.words[word, Int(number)])")
    }
    return parts.isEmpty ? [] : ["<i class=\"where\">\(parts.joined(by: " "))</i>"]
  }

  private func sureness(_ row: dk_row) -> [Markup] {
    var facts = view.words.flags(row.flags).map { "<i class=\"flag\">\($0)</i>" as Markup }
    guard row.confidence > 0 else { return facts }
    let percent = Int((Double(row.confidence) / 10_000).rounded())
    let degree = percent >= 90 ? "high" : percent >= 70 ? "fair" : "low"
    facts.insert(
      "<i class=\"sure \(degree)\">\(view.words["confidence"]) \(percent)%</i>", at: 0)
    return facts
  }
}
