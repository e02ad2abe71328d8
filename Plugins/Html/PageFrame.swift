import DuikouPlugin

/// What stands around the documents: the page's head with all it needs, its bar, and its end.
struct PageFrame {
  let documents: [Document]
  let words: Words
  let page: Page

  /// Only what the plugin brings along may style the page and run on it.
  private static let policy: Markup = {
    let style = SHA256.base64(of: PackageResources.style_css)
    let script = SHA256.base64(of: PackageResources.script_js)
    return """
      default-src 'none'; style-src 'sha256-\(style)'; script-src 'sha256-\(script)'; \
      base-uri 'none'; form-action 'none'
      """
  }()

  /// Writes everything before the first document.
  func open() throws {
    try page.write(
      """
      <!DOCTYPE html>
      <html lang="\(words.language)">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="referrer" content="no-referrer">
      <title>\(title)</title>
      <style>\(Markup(trusting: PackageResources.style_css))</style>
      </head>
      <body>
      <header class="masthead"><h1><b>\(words["brand"])</b> \(words["page"])</h1>\(legend)</header>
      <main>\n
      """)
  }

  /// Writes everything behind the last document.
  func close() throws {
    try page.write(
      """
      </main>
      <footer><p>\(words["footer"])</p></footer>
      <script>\(Markup(trusting: PackageResources.script_js))</script>
      </body>
      </html>\n
      """)
  }

  private var title: Markup {
    guard documents.count == 1 else {
      return "\(words["page"]) · \(words["documents", documents.count])"
    }
    let row = documents[0].row
    return "\(documents[0].call.image.string(row.title) ?? words["page"])"
  }

  /// The colours of the kinds; each can be switched off.
  private var legend: Markup {
    let kinds = EntityKind.figures.map { toggle($0.name, words[$0.name]) }
    return """
      <fieldset class="legend"><legend>\(words["legend"])</legend>\
      \(kinds.joined(by: ""))\(toggle("aside", words["block.aside"]))</fieldset>
      """
  }

  private func toggle(_ name: String, _ label: String) -> Markup {
    """
    <label class="\(name)"><input type="checkbox" id="show-\(name)" checked> \
    <span>\(label)</span></label>
    """
  }
}
