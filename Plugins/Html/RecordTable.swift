import DuikouPlugin

/// The rows of one type, by document.
struct RecordTable<R: Row> {
  let rows: Rows<R>
  private let byDocument: Grouping

  init(_ image: Image) {
    rows = image.rows()
    byDocument = Grouping(
      count: image.documents.count, keys: rows.map { max(Int($0.row.document), 1) - 1 })
  }

  /// The indices of a document's rows.
  func indices(in document: Document) -> ArraySlice<Int> { byDocument[document.index] }
}
