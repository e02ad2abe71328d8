import DuikouText

extension SourceText {
  /// Whether a name that ends at an offset is that of a street: 天津路, 呼和浩特北街, but not 北京路线.
  func isStreet(at offset: Int) -> Bool {
    // Most names are followed by something else.
    guard Self.firstOfStreets.contains(scalar(at: offset).value) else { return false }
    let width = width(ofAny: Self.streets, at: offset)
    return width > 0 && self.width(ofAny: Self.notBehindStreets, at: offset + width) == 0
      && !Self.levels.contains(scalar(before: offset).value)
  }

  private static let streets =
    ["路", "街", "大街", "大道", "胡同"]
    + ["东", "西", "南", "北", "中"].flatMap { ["\($0)路", "\($0)街", "\($0)大街"] }
  private static let firstOfStreets = Set(streets.compactMap { $0.unicodeScalars.first?.value })
  /// What makes another word of 路 and 街.
  private static let notBehindStreets = [
    "线", "程", "过", "演", "途", "上", "段", "径", "费", "网", "况", "人", "边", "桥", "道", "头", "坊", "区", "景",
    "舞", "小巷", "灯",
    "由", "局", "政", "段", "障", "透", "基", "面", "子",
  ]
  /// With what full names of divisions end.
  private static let levels = Set("省市区县旗盟州".unicodeScalars.map(\.value))
}
