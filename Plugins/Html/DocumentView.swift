import DuikouPlugin
import DuikouText

/// One document of the page: its head, its text, its records.
struct DocumentView {
  let document: Document
  let text: SourceText
  let records: Records
  let words: Words
  let page: Page
  let anchors: Anchors

  init(
    document: Document, text: SourceText, records: Records, words: Words, page: Page
  ) {
    self.document = document
    self.text = text
    self.records = records
    self.words = words
    self.page = page
    anchors = Anchors(document, records)
  }

  /// The document's number, from 1.
  var number: Int { document.index + 1 }

  /// `lang` of the document's own words.
  var language: Markup { document.row.script == DK_TRADITIONAL ? "zh-Hant" : "zh-Hans" }

  func write() throws {
    try page.write("<article class=\"document\" id=\"d\(number)\">\n")
    try DocumentHead(view: self).write()
    try page.write(
      """
      <div class="columns">
      <section class="text" lang="\(language)" aria-label="\(words["text"])">\n
      """)
    var markedText = MarkedText(self)
    try markedText.write()
    try page.write(
      """
      </section>
      <section class="records" aria-label="\(words["records"])">\n
      """)
    try writeRecords()
    try page.write("</section>\n</div>\n</article>\n")
  }

  private func writeRecords() throws {
    try page.write("<nav class=\"jump\" aria-label=\"\(words["records"])\">")
    for kind in Self.sections {
      try page.write(
        """
        <a class="\(kind.name)" href="#d\(number)-\(kind.name)">\(words[kind.name]) \
        <b>\(records.count(of: kind, in: document))</b></a>
        """)
    }
    try jump(to: DateSection.name, records.dates.indices(in: document).count)
    try jump(to: FigureSection.name, records.figures.indices(in: document).count)
    let facts = Facts(view: self)
    for (name, count) in facts.counts { try jump(to: name, count) }
    try page.write("</nav>\n")
    try AgreementSection(view: self).write()
    try PersonSection(view: self).write()
    try AgencySection(view: self).write()
    try PlaceSection(view: self).write()
    try DateSection(view: self).write()
    try FigureSection(view: self).write()
    try facts.write()
  }

  /// Leads to a section that is there only where it has something.
  private func jump(to name: String, _ count: Int) throws {
    guard count > 0 else { return }
    try page.write(
      "\n<a class=\"\(name)\" href=\"#d\(number)-\(name)\">\(words[name]) <b>\(count)</b></a>")
  }

  private static let sections: [EntityKind] = [.agreement, .person, .agency, .place]

  /// An entity's name, linked to its record; a dash where there is none.
  func link(to entity: dk_ref) -> Markup {
    guard let name = records.name(of: entity), let kind = EntityKind(type: entity.type) else {
      return Self.absent
    }
    return "<a class=\"to \(kind.name)\" href=\"#\(recordID(entity, kind))\">\(name.markup)</a>"
  }

  /// The id of an entity's record.
  func recordID(_ entity: dk_ref, _ kind: EntityKind) -> Markup {
    "\(kind.name)-\(Int(entity.row))"
  }

  /// The level of a place or an agency in words.
  func level(_ level: UInt32) -> Markup {
    level == 0
      ? Self.absent : "<span class=\"short\">\(words.name(of: "\(level)", in: "level"))</span>"
  }

  /// The name of the division with a code, or the code where the documents do not name it.
  func division(_ code: UInt32) -> Markup {
    records.division(code)?.markup ?? "<span class=\"code\">\(Int(code))</span>"
  }

  /// What stands where a record says nothing.
  static let absent: Markup = "<span class=\"absent\">—</span>"
}
