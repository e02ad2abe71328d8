/// What is looked for: names of divisions, their short forms, and combinations of their characters with what
/// ends the names of towns, villages and companies.
struct Terms {
  /// Distinct, the divisions' names first.
  let all: [String]

  private static let endings = [
    "省", "市", "县", "区", "旗", "盟", "自治区", "自治州", "自治县", "自治旗", "地区",
  ]
  private static let kinds = [
    "", "", "镇", "乡", "村", "街道", "社区", "苏木", "嘎查", "公司", "学校", "医院", "合作社", "牧场", "工业园",
    "小学", "路", "大桥", "水库", "产业园区", "项目部",
  ]

  init(divisions: [String], count: Int) {
    var seen = Set(divisions)
    var all = divisions
    func add(_ term: String) {
      if all.count < count, seen.insert(term).inserted { all.append(term) }
    }
    for name in divisions {
      for ending in Self.endings where name.hasSuffix(ending) && name.count >= ending.count + 2 {
        add(String(name.dropLast(ending.count)))
      }
    }
    let letters = Array(divisions.joined())
    var dice = Dice(seed: 11)
    while all.count < count {
      let stem = (0..<(2 + dice.next(below: 2))).map { _ in dice.pick(letters) }
      add(String(stem) + dice.pick(Self.kinds))
    }
    self.all = Array(all.prefix(count))
  }
}
