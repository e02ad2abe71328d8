import DuikouPlugin

/// Where an entity is mentioned: a number for each place, which leads there.
struct MentionList {
  let view: DocumentView
  let entity: dk_ref
  /// So many stand in the open; the rest unfolds.
  private static let shown = 12

  func write() throws {
    let mentions = view.records.mentions(of: entity).filter(isInDocument)
    guard !mentions.isEmpty else { return }
    try view.page.write(
      """
      <span class="mentions"><span class="short">\(view.words["mentions", mentions.count])\
      \(view.words["colon"])</span>
      """)
    for (index, mention) in mentions.enumerated() {
      if index == Self.shown {
        let rest = view.words["mentions.rest", mentions.count - index]
        try view.page.write("</span><details><summary>\(rest)</summary><span class=\"mentions\">")
      }
      let id = view.anchors.id(of: .mention(mention))
      try view.page.write("<a href=\"#\(id)\">\(index + 1)</a> ")
    }
    try view.page.write(mentions.count > Self.shown ? "</span></details>" : "</span>")
  }

  /// Whether there is something in this document's text to lead to.
  private func isInDocument(_ index: Int) -> Bool {
    let row = view.records.mentions.rows[index].row
    return max(Int(row.document), 1) == view.number && view.document.validRange(of: row) != nil
  }
}
