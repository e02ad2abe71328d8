import CDuikou

extension Image {
  /// Where in its file the beginning of a span stood: the place of the piece that holds it; nil where none does.
  public func source(of span: dk_span) -> Record.Source? {
    let pieces = rows(dk_piece.self)
    // They stand in the order of the text.
    let next = pieces.partitioningIndex { $0.row.evidence.off > span.off }
    guard next > 0 else { return nil }
    let piece = pieces[next - 1]
    guard span.off - piece.row.evidence.off < piece.row.evidence.len else { return nil }
    func number(_ value: UInt32) -> Int? { value == 0 ? nil : Int(value) }
    let source = Record.Source(
      part: string(piece.part), page: number(piece.page), table: number(piece.table),
      line: number(piece.line), column: number(piece.column))
    return source == Record.Source() ? nil : source
  }
}
