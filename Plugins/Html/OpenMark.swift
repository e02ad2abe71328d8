import DuikouPlugin

/// A mark on its way through the text.
struct OpenMark {
  /// Where it ends.
  let end: Int
  /// The id of the record that its text leads to; nil where it leads to none.
  let record: Markup?
  /// Whether some of its text stands in no mark within it.
  var hasOwnText = false

  private let id: Markup
  private let style: Markup
  private let title: Markup

  init(_ mark: Mark, in view: DocumentView) {
    end = mark.range.upperBound
    id = view.anchors.id(of: mark.content)
    switch mark.content {
    case .evidence:
      (record, style, title) = (nil, "evidence", Markup())
    case .mention(let index):
      let mention = view.records.mentions.rows[index]
      let kind = EntityKind(type: mention.entity.type)
      style = "mention \(kind?.name ?? "other")"
      let name = view.records.name(of: mention.entity)
      title = Self.title(of: mention, kind, name, view.words)
      record = kind.flatMap { mention.entity.row == 0 ? nil : view.recordID(mention.entity, $0) }
    }
  }

  /// Its element's start.
  var opening: Markup { "<span class=\"\(style)\" id=\"\(id)\"\(title)>" }

  /// The start of another element for the rest of it.
  var reopening: Markup { "<span class=\"\(style)\" data-of=\"\(id)\"\(title)>" }

  /// A link to its record where no text of its own can be one; nothing for evidence.
  var link: Markup {
    record.map { "<a class=\"also \(style)\" href=\"#\($0)\"\(title)></a>" } ?? Markup()
  }

  /// What stands for it where it cannot enclose text.
  var withoutText: Markup { "<span id=\"\(id)\"></span>\(link)" }

  /// The attribute that names the entity in full.
  private static func title(
    of mention: dk_mention, _ kind: EntityKind?, _ name: Name?, _ words: Words
  ) -> Markup {
    guard let kind, let name else { return Markup() }
    let flags = words.flags(mention.row.flags).map { " · \($0)" }.joined()
    return " title=\"\(words[kind.name])\(words["colon"])\(name.markup)\(flags)\""
  }
}
