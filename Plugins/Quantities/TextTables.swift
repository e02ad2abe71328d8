import DuikouPlugin
import DuikouReading
import DuikouText

/// Finds the amounts of tables that a text writes in lines, with a tab or blanks between the cells: their unit stands above
/// (单位：万元) or in the heads of columns (资金（万元）).
struct TextTables {
  /// An amount in a cell.
  struct Amount {
    let value: ScaledInteger
    let unit: String
    /// The head of its column.
    let indicator: String
    /// The division that its row names, if it names one.
    let scope: dk_ref?
    /// Bytes of the document's own text.
    let source: Range<Int>
  }

  private struct Cell {
    let text: Substring
    /// Bytes of the document's own text.
    let range: Range<Int>
  }

  private struct Column {
    let name: String
    /// Nil for columns of no amounts.
    let unit: String?
    let power: Int
  }

  private let document: NormalDocument
  private var text: SourceText { document.text }

  private static let units: [(word: String, unit: String, power: Int)] = [
    ("万元", "元", 4), ("亿元", "元", 8), ("元", "元", 0), ("万人次", "人次", 4), ("人次", "人次", 0), ("人", "人", 0),
    ("户", "户", 0), ("个", "个", 0), ("家", "家", 0), ("亩", "亩", 0),
  ]
  /// Of heads of columns whose numbers are in no unit of the table.
  private static let others = ["序号", "编号", "率", "比", "人", "户", "数量", "个数", "时间", "年", "日期", "%"]
  /// Bytes between two rows.
  private static let gap = 2
  /// Rows of a table, and bytes of one.
  private static let longest = (table: 400, row: 600)

  init(_ document: NormalDocument) {
    self.document = document
  }

  /// The amounts of all tables, in order.
  func amounts() -> [Amount] {
    var found: [Amount] = []
    for part in document.parts {
      var at = part.lowerBound
      while let word = text.firstOffset(of: "元", in: at..<part.upperBound) {
        at = word + "元".utf8.count
        guard isUnit(endingAt: at) else { continue }
        let table = self.table(at: word, in: part)
        found += table.amounts
        at = min(max(at, table.end), part.upperBound)
      }
    }
    return found
  }

  /// Whether the unit that ends at an offset is one of a table: 单位：万元, （万元）.
  private func isUnit(endingAt end: Int) -> Bool {
    let width = ["万元", "亿元", "元"].first { text.has($0, before: end) }?.utf8.count ?? 0
    let start = end - width
    // 单位：元宝山区 is somebody.
    if CharacterClass(text.scalar(at: end).value) == .han { return false }
    return ["单位:", "单位：", "单位", "单位: "].contains { text.has($0, before: start) }
      || ["(", "（"].contains { text.has($0, before: start) }
        && text.width(ofAny: [")", "）"], at: end) > 0
  }

  private func table(at offset: Int, in part: Range<Int>) -> (amounts: [Amount], end: Int) {
    guard var lines = Lines(text, part, from: offset, Self.longest.row),
      var line = lines.next(Self.longest.row)
    else { return ([], offset) }
    var cells = self.cells(of: line)
    var tableUnit: (unit: String, power: Int)?
    if text.firstOffset(of: "单位", in: line) != nil {
      tableUnit = unit(in: text.string(line))
      guard let next = lines.next(Self.longest.row) else { return ([], line.upperBound) }
      line = next
      cells = self.cells(of: line)
    }
    guard cells.count > 1, text.firstOffset(of: "。", in: line) == nil else {
      return ([], line.upperBound)
    }
    let columns = cells.map { column($0.text, tableUnit) }
    let places = document.mentions().filter { $0.isA(dk_place.self) }
    var amounts: [Amount] = []
    var end = line.upperBound
    let firstAmount = columns.firstIndex { $0.unit != nil } ?? columns.count
    for _ in 0..<Self.longest.table {
      guard let line = lines.next(Self.longest.row), line.lowerBound - end <= Self.gap else {
        break
      }
      let cells = self.cells(of: line)
      guard cells.count > 1, cells.count <= columns.count else { break }
      end = line.upperBound
      let shift = columns.count - cells.count
      // 合计 and its sums may leave out what stands between.
      guard shift == 0 || cells.count - 1 == columns.count - firstAmount else { continue }
      let scope = places.beginning(in: line).first?.entity
      for (index, cell) in cells.enumerated() {
        let column = columns[index + (index > 0 ? shift : 0)]
        guard let unit = column.unit, let value = Self.number(cell.text, column.power) else {
          continue
        }
        amounts.append(
          Amount(
            value: value, unit: unit, indicator: column.name, scope: scope, source: cell.range))
      }
    }
    return (amounts, end)
  }

  private func column(_ head: Substring, _ tableUnit: (unit: String, power: Int)?) -> Column {
    let name = String(head.prefix { $0 != "（" && $0 != "(" })
    let own = head.count > name.count ? unit(in: String(head.dropFirst(name.count))) : nil
    let isOther = Self.others.contains { name.contains($0) }
    let unit = own ?? (isOther || head.count > name.count ? nil : tableUnit)
    return Column(name: name, unit: unit?.unit, power: unit?.power ?? 0)
  }

  private func unit(in text: String) -> (unit: String, power: Int)? {
    Self.units.first { text.contains($0.word) }.map { ($0.unit, $0.power) }
  }

  /// The cells of a line, parted by tabs where it has any, else by blanks.
  private func cells(of line: Range<Int>) -> [Cell] {
    let source = document.sourceRange(of: line)
    let text = document.string(line)
    let hasTabs = text.utf8.contains(0x09)
    return text.split(omittingEmptySubsequences: !hasTabs) {
      hasTabs ? $0 == "\t" : $0 == " " || $0 == "\u{3000}"
    }.map { cell in
      let trimmed = cell.drop { $0 == " " || $0 == "\u{3000}" }
      let start = source.lowerBound + trimmed.utf8.startOffset(in: text)
      return Cell(text: trimmed, range: start..<start + trimmed.utf8.count)
    }
  }

  /// A number of digits alone, such as 1,200.5, times a power of ten.
  private static func number(_ cell: Substring, _ power: Int) -> ScaledInteger? {
    var digits = ""
    var decimals: Int?
    for character in cell {
      switch character {
      case "0"..."9" where character.isASCII:
        digits.append(character)
        decimals = decimals.map { $0 + 1 }
      case ".": if decimals == nil { decimals = 0 } else { return nil }
      case ",": break
      case " ", "\r": break
      default: return nil
      }
    }
    guard digits.count < 15, let mantissa = Int64(digits) else { return nil }
    return ScaledInteger(mantissa, exponent: power - (decimals ?? 0))
  }
}

/// The lines of a part of a text.
private struct Lines {
  private let text: SourceText
  private let part: Range<Int>
  private(set) var at: Int

  /// From the line on in which `offset` stands; nil where that begins farther in front.
  init?(_ text: SourceText, _ part: Range<Int>, from offset: Int, _ longest: Int) {
    (self.text, self.part) = (text, part)
    var start = offset
    while start > part.lowerBound, text.bytes[start - 1] != 0x0a {
      start -= 1
      if offset - start > longest { return nil }
    }
    at = start
  }

  /// The next one that is not empty; nil at the end, and where it is longer.
  mutating func next(_ longest: Int) -> Range<Int>? {
    while at < part.upperBound {
      let start = at
      let end = text.firstOffset(of: "\n", in: start..<min(part.upperBound, start + longest + 1))
      guard end != nil || part.upperBound - start <= longest else { return nil }
      at = (end ?? part.upperBound) + 1
      if let end = end ?? Optional(part.upperBound), end > start { return start..<end }
    }
    return nil
  }
}

extension Substring.UTF8View {
  /// Bytes in front of it.
  fileprivate func startOffset(in text: String) -> Int {
    text.utf8.distance(from: text.startIndex, to: startIndex)
  }
}
