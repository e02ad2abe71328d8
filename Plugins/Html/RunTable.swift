import DuikouPlugin

/// What ran: one line for each method, with its runs over all documents together.
struct RunTable {
  let records: Records
  let documentCount: Int
  let words: Words
  let page: Page

  /// The runs of one method.
  private struct Line {
    var first: dk_run
    var runs = 0
    var failures = 0
    var rows = 0
    var nanoseconds = 0.0

    mutating func add(_ run: dk_run) {
      runs += 1
      if run.status != DK_OK { failures += 1 }
      rows += Int(run.rows)
      nanoseconds += Double(run.elapsed_ns)
    }
  }

  private struct Key: Hashable {
    let plugin: ImageText?
    let version: ImageText?
    let method: ImageText?
  }

  func write() throws {
    let lines = lines
    guard !lines.isEmpty else { return }
    try page.write(
      """
      <section class="runs" id="runs">
      <h2>\(words["runs"])</h2>
      <table>
      <thead><tr>\(heads)</tr></thead>
      <tbody>\n
      """)
    for line in lines { try page.write(markup(of: line)) }
    try page.write("</tbody>\n</table>\n</section>\n")
  }

  /// In the order of the first runs.
  private var lines: [Line] {
    var lines: [Line] = []
    var known: [Key: Int] = [:]
    for run in records.runs.rows {
      let key = Key(
        plugin: records.image.text(of: run.plugin), version: records.image.text(of: run.version),
        method: records.image.text(of: run.method))
      let index = known[key] ?? lines.count
      if index == lines.count { lines.append(Line(first: run)) }
      known[key] = index
      lines[index].add(run)
    }
    return lines
  }

  private var heads: Markup {
    let named = ["run.plugin", "run.version", "run.method"].map {
      "<th scope=\"col\">\(words[$0])</th>" as Markup
    }
    let counted = (documentCount > 1 ? ["run.documents"] : []) + ["run.rows", "run.elapsed"]
    let figures = counted.map { "<th scope=\"col\" class=\"figure\">\(words[$0])</th>" as Markup }
    return (named + figures + ["<th scope=\"col\">\(words["run.result"])</th>"]).joined(by: "")
  }

  private func markup(of line: Line) -> Markup {
    let image = records.image
    let documents: Markup =
      documentCount > 1 ? "<td class=\"figure\">\(line.runs)</td>" : Markup()
    return """
      <tr><th scope="row">\(image.string(line.first.plugin) ?? "")</th>\
      <td>\(image.string(line.first.version) ?? "")</td>\
      <td>\(image.string(line.first.method) ?? "")</td>\(documents)\
      <td class="figure">\(line.rows)</td>\
      <td class="figure">\(line.nanoseconds / 1_000_000, decimals: 2)</td>\
      <td>\(result(of: line))</td></tr>\n
      """
  }

  private func result(of line: Line) -> Markup {
    guard line.failures > 0 else { return "\(words["run.done"])" }
    let text = documentCount > 1 ? words["run.failures", line.failures] : words["run.failed"]
    return "<b class=\"failed\">\(text)</b>"
  }
}
