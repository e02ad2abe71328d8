import DuikouPlugin
import DuikouReading
import DuikouText

/// Reads ledgers (台账): the tables of workbooks, documents and pages whose headers it knows. A row becomes a
/// `duikou.project`, a `duikou.commitment` and a `duikou.figure` for each number, as the columns say.
struct Ledgers: Extractor, ConfiguredMethod {
  static let summary = "Reads the rows of ledgers as projects, figures and commitments."
  static let uses: [Use] = [
    .reads(dk_piece.self), .readsIfPresent(dk_mention.self), .readsIfPresent(dk_place.self),
    .readsIfPresent(dk_agency.self), .readsAndWrites(dk_figure.self), .writes(dk_project.self),
    .writes(dk_commitment.self),
  ]

  private static let confidence = 0.9
  private static let done = ["完工", "建成", "竣工", "完成", "投用", "投入使用"]
  private static let running = ["在建", "实施", "推进", "建设中", "施工"]
  private static let planned = ["拟建", "计划", "前期", "未开工", "待建", "签约"]

  private let mapping: ColumnMapping

  init(_ configuration: Configuration<LedgersSettings>) throws {
    mapping = try ColumnMapping(
      DataTable(PackageResources.columns_tsv), own: configuration.columns)
  }

  func extract(_ document: Document) throws {
    guard document.call.image.count(of: dk_piece.typeID) > 0 else { return }
    try document.withNormalText { document in
      let context = LedgerContext(document)
      for table in LedgerTable.all(in: document) {
        guard let ledger = Ledger(table, mapping: mapping) else { continue }
        // A merged cell stands in several rows: what it says is told once.
        var told: Set<Int> = []
        for row in ledger.rows {
          if document.call.isCancelled {
            throw DuikouError(.cancelled, "the caller does not wait any more")
          }
          try appendProject(row, ledger, context, &told)
          try appendCommitment(row, ledger, context, &told)
          try appendFigures(row, ledger, context, &told)
        }
      }
    }
  }

  private func appendProject(
    _ cells: [Int: LedgerTable.Cell], _ ledger: Ledger, _ context: LedgerContext,
    _ told: inout Set<Int>
  ) throws {
    guard let name = ledger.cell(.projectName, of: cells),
      told.insert(name.range.lowerBound).inserted
    else { return }
    var row = dk_project()
    row.name = try context.document.call.intern(name.text)
    if let place = ledger.cell(.projectPlace, of: cells).flatMap({ context.place(in: $0.range) })
      ?? context.place(in: name.range)
    {
      row.place = place
    }
    if let column = ledger.columns.first(where: { $0.field == .projectAmount }),
      let cell = cells[column.index], let fen = value(of: cell, column, ledger)?.fen
    {
      row.amount = fen
      row.state(4)
    }
    if let status = ledger.cell(.projectStatus, of: cells).flatMap({ Self.status($0.text) }) {
      row.status = UInt32(status)
      row.state(5)
    }
    try context.document.append(row, at: name.range, confidence: Self.confidence)
  }

  private static func status(_ text: String) -> Int? {
    func says(_ words: [String]) -> Bool { words.contains { text.contains($0) } }
    if says(planned) { return Int(DK_PLANNED) }
    if says(running) { return Int(DK_RUNNING) }
    return says(done) ? Int(DK_DONE) : nil
  }

  private func appendCommitment(
    _ cells: [Int: LedgerTable.Cell], _ ledger: Ledger, _ context: LedgerContext,
    _ told: inout Set<Int>
  ) throws {
    guard let action = ledger.cell(.action, of: cells),
      told.insert(action.range.lowerBound).inserted
    else { return }
    var row = dk_commitment()
    row.action = try context.document.call.intern(action.text)
    row.kind = UInt32(DK_PLAN)
    row.state(5)
    if let speaker = ledger.cell(.speaker, of: cells).flatMap({ context.party(in: $0.range) }) {
      row.speaker = speaker
    }
    if let due = ledger.cell(.due, of: cells).flatMap({ context.lastDay(in: $0.range) }) {
      row.due = due
      row.state(4)
    }
    try context.document.append(row, at: action.range, confidence: Self.confidence)
  }

  /// Numbers whose cells have a unit are found by others; those whose unit stands in the header are told here.
  private func appendFigures(
    _ cells: [Int: LedgerTable.Cell], _ ledger: Ledger, _ context: LedgerContext,
    _ told: inout Set<Int>
  ) throws {
    for column in ledger.columns where [.figure, .projectAmount].contains(column.field) {
      guard let cell = cells[column.index], !context.hasFigure(in: cell.range),
        let value = value(of: cell, column, ledger), told.insert(cell.range.lowerBound).inserted
      else { continue }
      var row = dk_figure()
      row.value = value.quantity.value.mantissa
      row.state(1)
      row.exponent = Int32(value.quantity.value.exponent)
      if row.exponent != 0 { row.state(3) }
      if let unit = value.quantity.unit?.name { row.unit = try context.document.call.intern(unit) }
      row.indicator = try context.document.call.intern(column.header.word)
      try context.document.append(row, at: cell.range, confidence: Self.confidence)
    }
  }

  private func value(
    of cell: LedgerTable.Cell, _ column: Ledger.Column, _ ledger: Ledger
  ) -> CellValue? {
    let unit = column.header.unit
    let isAmount = column.field == .projectAmount
    return CellValue(cell.text, unit: unit.isEmpty && isAmount ? ledger.unit : unit)
  }
}
