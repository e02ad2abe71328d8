import DuikouPlugin
import DuikouText

/// Writes documents and their records as one page of HTML that needs nothing else: the text with
/// what was found in it, the records with where they were read, a map, and what ran.
///
/// The page is in Chinese; its headings are in English when the request's header `lang` is `en`.
struct Html: Report {
  static let summary = "Writes documents and their records as a page to read and to print."
  static let media = "text/html; charset=utf-8"
  static let uses: [Use] = [
    .reads(dk_document.self), .readsIfPresent(dk_segment.self), .readsIfPresent(dk_mention.self),
    .readsIfPresent(dk_run.self), .readsIfPresent(dk_piece.self),
    .readsIfPresent(dk_place.self), .readsIfPresent(dk_agency.self),
    .readsIfPresent(dk_person.self), .readsIfPresent(dk_position.self),
    .readsIfPresent(dk_agreement.self), .readsIfPresent(dk_party.self),
    .readsIfPresent(dk_date.self),
    .readsIfPresent(dk_figure.self), .readsIfPresent(dk_pairing.self),
    .readsIfPresent(dk_event.self),
    .readsIfPresent(dk_participant.self), .readsIfPresent(dk_commitment.self),
    .readsIfPresent(dk_project.self), .readsIfPresent(dk_brand.self),
    .readsIfPresent(dk_organisation.self), .readsIfPresent(dk_membership.self),
    .readsIfPresent(dk_region.self), .readsIfPresent(dk_need.self), .readsIfPresent(dk_flow.self),
    .writes(dk_content.self),
  ]
  /// The language comes from the request, not from the image.
  static let isPure = false

  func render(_ call: Call) throws {
    let words = Words(for: call.metadata("lang") ?? "")
    let records = Records(call.image)
    let documents = call.documents
    let page = Page(call)
    let frame = PageFrame(documents: documents, words: words, page: page)
    try frame.open()
    if documents.count > 1 {
      try Contents(documents: documents, records: records, words: words, page: page).write()
    }
    for document in documents {
      try page.checkReceiver()
      try write(document, records, words, to: page)
      call.progress(document.index + 1, of: documents.count)
    }
    try RunTable(records: records, documentCount: documents.count, words: words, page: page).write()
    try frame.close()
    try page.finish()
  }

  private func write(
    _ document: Document, _ records: Records, _ words: Words, to page: Page
  ) throws {
    try document.text.withUTF8 { bytes in
      let view = DocumentView(
        document: document, text: SourceText(bytes), records: records, words: words, page: page)
      try view.write()
    }
  }
}
