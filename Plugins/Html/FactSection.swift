import DuikouPlugin

/// The records of one kind that a document states, as a table; nothing where there are none.
struct FactSection<R: Row> {
  let view: DocumentView
  /// The kind's name among the page's words, and in its style sheet.
  let name: String
  let table: RecordTable<R>
  /// The columns' words, behind the kind's name.
  let columns: [String]
  /// The cells of a record, by its index in the table.
  let values: (Int, R) -> [Markup]

  var count: Int { table.indices(in: view.document).count }

  func write() throws {
    let indices = table.indices(in: view.document)
    guard !indices.isEmpty else { return }
    let section = RecordSection(
      view: view, name: name, count: indices.count, heading: name,
      columns: columns.map { "\(name).\($0)" })
    try section.write {
      for index in indices {
        let row = table.rows[index]
        try section.open(table.rows.reference(index))
        try section.writeValues(values(index, row))
        try section.writeEvidence(row.row)
        try section.close()
      }
    }
  }
}
