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
  /// Bytes of the longest name of a project; a cell with more describes it.
  private static let longestName = 600
  /// Bytes of an action; a row has room for no longer string.
  private static let longestAction = 1 << 16

  private let mapping: ColumnMapping

  init(_ configuration: Configuration<LedgersSettings>) throws {
    mapping = try ColumnMapping(
      DataTable(PackageResources.columns_tsv), own: configuration.columns)
  }

  func extract(_ document: Document) throws {
    guard document.call.image.count(of: dk_piece.typeID) > 0 else { return }
    try document.withNormalText { document in
      let tables = document.tables()
      guard !tables.isEmpty else { return }
      let context = LedgerContext(document)
      for table in tables {
        guard let ledger = Ledger(table, mapping: mapping, context: context) else { continue }
        try extract(table, ledger, context)
      }
    }
  }

  private func extract(_ table: PieceTable, _ ledger: Ledger, _ context: LedgerContext) throws {
    var row = table.rows
    while row.next() {
      if context.document.call.isCancelled {
        throw DuikouError(.cancelled, "the caller does not wait any more")
      }
      guard ledger.isOwn(row) else { continue }
      try appendProject(row, ledger, context)
      try appendCommitment(row, ledger, context)
      try appendFigures(row, ledger, context)
    }
  }

  /// A merged name stands in several rows, and is told in its first.
  private func appendProject(
    _ cells: TableRows, _ ledger: Ledger, _ context: LedgerContext
  ) throws {
    guard let name = ledger.cell(.projectName, in: cells), name.line == cells.line,
      name.range.count <= Self.longestName
    else { return }
    let text = context.text(of: name)
    guard text.contains(where: { $0.isLetter && !$0.isNumber }) else { return }
    var row = dk_project()
    row.name = try context.document.call.intern(text)
    if let owner = context.party(in: ledger.cells(.projectOwner, in: cells).map(\.cell)) {
      row.owner = owner
    }
    if let place = place(cells, name, ledger, context) { row.place = place }
    if let fen = amount(cells, name, ledger) {
      row.amount = fen
      row.state(4)
    }
    let status = ledger.cells(.projectStatus, in: cells).lazy.compactMap {
      ProjectStatus.of($0.cell.range, in: context.document.text)
    }.first { _ in true }
    if let status {
      row.status = status
      row.state(5)
    }
    try context.document.append(row, at: name.range, confidence: Self.confidence)
  }

  /// The place of the columns for it, else that of the name, else of what else the row says but for whom it names.
  private func place(
    _ cells: TableRows, _ name: TableCell, _ ledger: Ledger, _ context: LedgerContext
  ) -> dk_ref? {
    if let place = context.place(in: ledger.cells(.projectPlace, in: cells).map(\.cell)) {
      return place
    }
    if let place = context.place(in: [name]) { return place }
    let others = cells.own.lazy.filter { cell in
      let field = ledger.column(of: cell)?.field
      return field == nil || field == .action
    }
    return context.place(in: others)
  }

  /// The first amount that is this project's alone: one over other rows than the name is a sum of several.
  private func amount(_ cells: TableRows, _ name: TableCell, _ ledger: Ledger) -> Int64? {
    ledger.cells(.projectAmount, in: cells).lazy
      .filter { $0.cell.line == name.line && $0.cell.lines == name.lines }
      .compactMap { ledger.value(of: $0.cell, $0.column)?.fen }
      .first { _ in true }
  }

  private func appendCommitment(
    _ cells: TableRows, _ ledger: Ledger, _ context: LedgerContext
  ) throws {
    guard let action = ledger.cell(.action, in: cells), action.line == cells.line else { return }
    var row = dk_commitment()
    row.action = try context.document.call.intern(
      context.text(of: action, atMost: Self.longestAction))
    row.kind = UInt32(DK_PLAN)
    row.state(5)
    if let speaker = context.party(in: ledger.cells(.speaker, in: cells).map(\.cell)) {
      row.speaker = speaker
    }
    let due = ledger.cells(.due, in: cells).lazy.compactMap {
      context.lastDay(in: $0.cell, year: ledger.year)
    }.first { _ in true }
    if let due {
      row.due = due.days
      row.state(4)
    }
    try context.document.append(
      row, at: action.range, confidence: Self.confidence,
      flags: due?.isStated == false ? Int(DK_INFERRED) : 0)
  }

  /// Numbers whose cells have a unit are found by others; those whose unit stands in the header are told here.
  private func appendFigures(
    _ cells: TableRows, _ ledger: Ledger, _ context: LedgerContext
  ) throws {
    let scope =
      context.place(in: ledger.cells(.projectPlace, in: cells).map(\.cell))
      ?? context.party(in: cells.own)
    for cell in cells.own {
      guard let column = ledger.column(of: cell),
        [.figure, .money, .projectAmount].contains(column.field),
        !context.hasFigure(in: cell.range), let value = ledger.value(of: cell, column)
      else { continue }
      let quantity = value.quantity
      var row = dk_figure(quantity)
      if let unit = quantity.unitName { row.unit = try context.document.call.intern(unit) }
      row.indicator = try context.document.call.intern(column.indicator)
      if let scope { row.scope = scope }
      try context.document.append(
        row, at: cell.range, confidence: Self.confidence, flags: Int(quantity.flags.rawValue))
    }
  }
}
