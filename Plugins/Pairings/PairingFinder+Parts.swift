import DuikouReading
import DuikouText

/// Villages, schools and offices of a division, which are paired without it.
extension PairingFinder {
  /// What the names of such end with.
  private static let endings = [
    "系统", "学校", "小学", "中学", "三小", "二小", "一小", "四小", "一中", "二中", "三中", "四中", "五中", "实验",
    "幼儿园", "学院", "大学", "医院", "卫生院", "村", "嘎查", "镇", "乡", "街道", "苏木", "社区", "公司", "集团", "企业",
    "协会", "商会", "联合会", "学会", "工会", "合作社", "局", "中心", "园区", "开发区", "研究所", "办事处", "处", "部门",
    "单位", "馆", "站", "所", "基地", "景区", "电视台", "法院", "检察院", "教委", "卫健委", "发改委", "农委", "妇联",
    "工商联", "残联", "团委",
  ]
  /// What may stand between such a name and whom it is paired with.
  private static let links = ["与", "和", "同", "跟", "及", "分别", "结对", "向", "对"]

  /// Of those that visit others on their own account.
  private static let schools = ["小学", "中学", "学校", "幼儿园", "学院", "医院", "卫生院", "师生", "教师", "村", "社区"]

  /// Whether a school or the like of a division pays a visit: 东城区史家小学代表团到.
  func isOfSchool(_ part: Range<Int>) -> Bool {
    Self.schools.contains { document.text.occurrences(of: $0, in: part) > 0 }
  }

  /// Whether what stands between a division and what it is joined to names a part of it: 密云区教育系统与, 东城区史家小学, but
  /// not 丰台区15个街道与, which are all of them.
  func isOfPart(_ between: Range<Int>) -> Bool {
    let text = document.text
    guard CharacterClass(text.scalar(at: between.lowerBound).value) == .han else { return false }
    var end = between.upperBound
    while end > between.lowerBound,
      let link = Self.links.first(where: { text.has($0, before: end) })
    {
      end -= link.utf8.count
    }
    return end > between.lowerBound && Self.endings.contains { text.has($0, before: end) }
  }
}
