import DuikouPlugin

/// The head of a document: what failed, its title and address, and its figures.
struct DocumentHead {
  let view: DocumentView

  func write() throws {
    try view.page.write("<header class=\"head\">\n\(title)\(facts)")
    try writeFailures()
    try view.page.write("<ul class=\"figures\">\n")
    for kind in EntityKind.figures {
      let count = view.records.count(of: kind, in: view.document)
      try view.page.write(
        """
        <li><a class="\(kind.name)" href="#d\(view.number)-\(kind.name)">\
        <b>\(count)</b> <span>\(view.words[kind.name])</span></a></li>\n
        """)
    }
    try view.page.write("</ul>\n</header>\n")
  }

  private var title: Markup {
    let title = view.records.title(of: view.document).markup
    return "<h2 lang=\"\(view.language)\"><bdi>\(title)</bdi></h2>\n"
  }

  private var facts: Markup {
    let row = view.document.row
    var facts: [Markup] = []
    if let uri = view.document.call.image.string(row.uri), !uri.isEmpty {
      facts.append("<span class=\"uri\">\(link(to: uri))</span>")
    }
    if row.states(5) {
      facts.append("<span>\(view.words["published"]) \(days: row.published)</span>")
    }
    return "<p class=\"facts\">\(facts.joined(by: " "))</p>\n"
  }

  /// Only addresses of the web are linked: others could be programs.
  private func link(to uri: String) -> Markup {
    guard uri.hasPrefix("https://") || uri.hasPrefix("http://") else { return "<bdi>\(uri)</bdi>" }
    return "<a href=\"\(uri)\" rel=\"noopener noreferrer\"><bdi>\(uri)</bdi></a>"
  }

  private func writeFailures() throws {
    for run in view.records.failures(in: view.document) {
      let notice = FailureNotice(run: run, image: view.records.image, words: view.words)
      try view.page.write(notice.markup)
    }
  }
}
