import DuikouPlugin
import DuikouText

extension NormalDocument {
  /// The tables of the file from which the document was read, in their order; cells without a row or a column are in
  /// none. The method declares to read `dk_piece`.
  public func tables() -> [PieceTable] {
    struct Key: Hashable {
      let page, table: UInt32
    }
    var numbers: [Key: Int] = [:]
    var found: [(key: Key, above: [Range<Int>], cells: [TableCell])] = []
    var above: [Range<Int>] = []
    for (_, piece) in document.rows(dk_piece.self) {
      guard let range = range(of: piece.row).map({ text.withoutBlanks($0) }) else { continue }
      guard piece.kind == UInt32(DK_PIECE_CELL), piece.line > 0, piece.column > 0 else {
        if piece.kind != UInt32(DK_PIECE_FURNITURE), !range.isEmpty {
          above = above.suffix(2) + [range]
        }
        continue
      }
      let key = Key(page: piece.page, table: piece.table)
      let number = numbers[key] ?? found.count
      if number == found.count {
        numbers[key] = number
        found.append((key, above, []))
      }
      if !above.isEmpty { above = [] }
      found[number].cells.append(
        TableCell(
          range, line: Int(piece.line), column: Int(piece.column), lines: Int(piece.lines),
          columns: Int(piece.columns)))
    }
    return found.map {
      PieceTable(
        page: Int($0.key.page), number: Int($0.key.table), above: $0.above, cells: $0.cells)
    }
  }
}

extension SourceText {
  /// A range without the blanks and line breaks at its ends.
  fileprivate func withoutBlanks(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, bytes[end - 1] <= 0x20 { end -= 1 }
    while start < end, bytes[start] <= 0x20 { start += 1 }
    return start..<end
  }
}
