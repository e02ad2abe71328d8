import DuikouPlugin
import DuikouText

/// An office's own list of divisions, read from CSV: for the whole country, say.
///
/// The first line names the columns, in any order: `code` (GB/T 2260, six digits) and `name`, and where the file has
/// them `parent`, `lon`, `lat`, and `valid_from` and `valid_until`, the first and last years of the name. Others are
/// passed over. Lines such as 市辖区, which name no division, are too.
struct DivisionList: Sendable {
  struct Entry: Sendable {
    let division: Division
    let years: ClosedRange<Int>

    /// Whether the name has no last year.
    var isCurrent: Bool { years.upperBound == .max }
  }

  private(set) var entries: [Entry] = []

  private static let columns = [
    "code", "name", "parent", "lon", "lat", "valid_from", "valid_until",
  ]

  init() {}

  /// Reads files one after another, each with its own first line. Throws `invalidArgument` for a file without the
  /// columns that are needed and for a line whose code is none, with its number.
  init(_ files: [(setting: String, bytes: [UInt8])]) throws(DuikouError) {
    for (setting, bytes) in files { try read(setting, bytes) }
  }

  private mutating func read(_ setting: String, _ bytes: [UInt8]) throws(DuikouError) {
    var text = Substring(String(decoding: bytes, as: UTF8.self))
    if text.first == "\u{feff}" { text.removeFirst() }
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let header = Self.cells(lines[0])
    let places = Self.columns.map { header.firstIndex(of: $0) }
    guard places[0] != nil, places[1] != nil else {
      throw DuikouError(
        .invalidArgument,
        "\(setting): the first line lacks the column code or name; write code,name,valid_from,valid_until"
      )
    }
    for (number, line) in lines.enumerated().dropFirst() where !line.allSatisfy(\.isWhitespace) {
      let cells = Self.cells(line)
      func cell(_ column: Int) -> String {
        places[column].flatMap { $0 < cells.count ? cells[$0] : nil } ?? ""
      }
      guard cell(0).utf8.count == 6, let code = UInt32(cell(0)), code >= 110_000 else {
        throw DuikouError(
          .invalidArgument,
          "\(setting): line \(number + 1) has no code of six digits, but “\(cell(0))”")
      }
      guard Self.isName(cell(1)) else { continue }
      let (first, last) = (Int(cell(5)) ?? .min, Int(cell(6)) ?? .max)
      guard first <= last else {
        throw DuikouError(
          .invalidArgument, "\(setting): line \(number + 1) ends in \(last), before \(first)")
      }
      entries.append(
        Entry(
          division: Division(
            code: code, name: cell(1), level: Self.level(of: code),
            parent: Self.parent(of: code, UInt32(cell(2))), longitude: Double(cell(3)),
            latitude: Double(cell(4))),
          years: first...last))
    }
  }

  /// No name of a division has a comma in it.
  private static func cells(_ line: Substring) -> [String] {
    line.split(separator: ",", omittingEmptySubsequences: false).map { cell in
      String(cell.drop { $0 == "\"" || $0.isWhitespace }.prefix { $0 != "\"" })
    }
  }

  private static func isName(_ name: String) -> Bool {
    name.count > 1 && name != "市辖区" && !name.contains("直辖县")
  }

  private static func level(of code: UInt32) -> UInt32 {
    UInt32(
      code % 10_000 == 0
        ? DK_LEVEL_PROVINCE : code % 100 == 0 ? DK_LEVEL_PREFECTURE : DK_LEVEL_COUNTY)
  }

  /// The division above: the province of what lies in 市辖区 and the like (…01 and …90 of a municipality or a province).
  static func parent(of code: UInt32, _ stated: UInt32?) -> UInt32 {
    let province = code / 10_000 * 10_000
    guard code != province else { return 0 }
    let prefecture = stated ?? code / 100 * 100
    let isOfProvince =
      code % 100 == 0 || prefecture % 10_000 / 100 == 90
      || [11, 12, 31, 50].contains(code / 10_000)
    return isOfProvince ? province : prefecture
  }
}
