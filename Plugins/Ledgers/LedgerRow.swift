/// What a row below the header is.
enum LedgerRow {
  private static let sums = ["合计", "小计", "总计", "共计", "累计"]
  private static let notes = [
    "填表", "制表", "填报", "审核", "审批", "复核", "单位负责人", "负责人", "主管", "联系人", "联系电话", "注",
    "备注", "附注", "说明", "资料来源", "数据来源", "报送",
  ]
  /// Bytes of the longest cell that says that its row is a sum.
  static let longestSum = 60
  private static let ordinals: Set<String> = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛"]

  /// Whether a cell says that its row adds up others: 合计, 合 计:, 赤峰市小计, 合计(12个).
  static func isSum(_ text: String) -> Bool {
    guard text.utf8.count <= longestSum else { return false }
    let plain = text.filter { !$0.isWhitespace && $0 != ":" }
    return sums.contains { word in
      if plain.hasSuffix(word) { return true }
      guard plain.hasPrefix(word), let next = plain.dropFirst(word.count).first else {
        return false
      }
      return next == "(" || next.isASCII && next.isNumber
    }
  }

  /// Whether a row's first cell belongs to no row: 注:, 填表人:宋宇.
  static func isNote(_ text: String) -> Bool {
    let start = text.prefix(24).filter { !$0.isWhitespace }
    guard let word = notes.first(where: { start.hasPrefix($0) }) else { return false }
    let rest = start.dropFirst(word.count)
    return rest.first.map { ":.、".contains($0) || $0.isNumber } ?? true
      || rest.prefix(9).contains(":")
  }

  /// Whether a cell above the header names something and says what it is: 日期:2019年, 金额单位:万元. 投资额:万元 is a
  /// header with its unit, and 其中:贷款 one below another.
  static func isLabel(_ text: String) -> Bool {
    let plain = text.prefix(60).filter { !$0.isWhitespace }
    guard let colon = plain.firstIndex(of: ":") else { return false }
    let (name, value) = (plain[..<colon], plain[plain.index(after: colon)...])
    guard !value.isEmpty, name != "其中", !name.contains("(") else { return false }
    return name.hasSuffix("单位") || !String(value).isUnit
  }

  /// Whether cells number the columns: 甲, 乙, 1, 2, 3.
  static func isNumbering(_ texts: [String]) -> Bool {
    let numbers = texts.compactMap { Int($0) }
    let first = numbers.first ?? 1
    return numbers.count + texts.filter(ordinals.contains).count == texts.count
      && (1...2).contains(first)
      && numbers.enumerated().allSatisfy { $1 == first + $0 }
  }
}
