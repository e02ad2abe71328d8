import DuikouPlugin

/// The list of the documents, with their figures.
struct Contents {
  let documents: [Document]
  let records: Records
  let words: Words
  let page: Page

  func write() throws {
    try page.write(
      """
      <nav class="contents" aria-label="\(words["contents"])">
      <h2>\(words["contents"])</h2>
      <table>
      <thead><tr><th scope="col">\(words["number"])</th>\
      <th scope="col">\(words["document"])</th>\(heads)\
      <th scope="col" class="figure">\(words["failed"])</th></tr></thead>
      <tbody>\n
      """)
    for document in documents { try write(document) }
    try page.write("</tbody>\n<tfoot><tr><td></td><th scope=\"row\">\(words["total"])</th>")
    for kind in EntityKind.figures { try page.write(figure(total(of: kind))) }
    try page.write("\(figure(failureTotal))</tr></tfoot>\n</table>\n</nav>\n")
  }

  private var heads: Markup {
    EntityKind.figures.map { "<th scope=\"col\" class=\"figure\">\(words[$0.name])</th>" as Markup }
      .joined(by: "")
  }

  private func write(_ document: Document) throws {
    let number = document.index + 1
    let title = records.title(of: document).markup
    try page.write(
      """
      <tr><td>\(number)</td>\
      <th scope="row" lang="zh"><a href="#d\(number)"><bdi>\(title)</bdi></a></th>
      """)
    for kind in EntityKind.figures {
      try page.write(figure(records.count(of: kind, in: document)))
    }
    let failures = records.failures(in: document).count
    try page.write("\(failures == 0 ? figure(0) : failed(failures))</tr>\n")
  }

  private func figure(_ number: Int) -> Markup {
    number == 0
      ? "<td class=\"figure\">\(DocumentView.absent)</td>" : "<td class=\"figure\">\(number)</td>"
  }

  private func failed(_ number: Int) -> Markup { "<td class=\"figure failed\">\(number)</td>" }

  private func total(of kind: EntityKind) -> Int {
    documents.reduce(0) { $0 + records.count(of: kind, in: $1) }
  }

  private var failureTotal: Int {
    documents.reduce(0) { $0 + records.failures(in: $1).count }
  }
}
