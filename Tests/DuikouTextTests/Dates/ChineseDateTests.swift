import DuikouText
import Testing

@Suite struct ChineseDateTests {
  private static let published = CalendarDay(year: 2018, month: 7, day: 10)

  private func all(
    _ string: String, published: CalendarDay? = published
  ) -> [(date: ChineseDate, text: String)] {
    withText(string) { text in
      ChineseDate.all(in: text, published: published).map { ($0, text.string($0.range)) }
    }
  }

  private func days(_ date: ChineseDate?) -> String {
    guard let date else { return "none" }
    let first = date.first.map(String.init(describing:)) ?? ""
    let last = date.last.map(String.init(describing:)) ?? ""
    return first == last ? first : "\(first)/\(last)"
  }

  @Test(
    "Reads what is written in full",
    arguments: [
      ("2018年7月4日", "2018-07-04", .day), ("２０１８年７月４日", "2018-07-04", .day),
      ("2018 年 7 月 4 日", "2018-07-04", .day), ("2018-07-04", "2018-07-04", .day),
      ("2018.7.4", "2018-07-04", .day), ("2018/7/4", "2018-07-04", .day),
      ("23.11.2019", "2019-11-23", .day), ("二〇一八年七月四日", "2018-07-04", .day),
      ("二○一八年十二月三十一日", "2018-12-31", .day), ("2018年7月", "2018-07-01/2018-07-31", .month),
      ("2018年7月份", "2018-07-01/2018-07-31", .month), ("2016年2月", "2016-02-01/2016-02-29", .month),
      ("1996年", "1996-01-01/1996-12-31", .year), ("2018年度", "2018-01-01/2018-12-31", .year),
      ("2018年上半年", "2018-01-01/2018-06-30", .half), ("2018年下半年", "2018-07-01/2018-12-31", .half),
      ("2018年第三季度", "2018-07-01/2018-09-30", .quarter),
      ("2018年一季度", "2018-01-01/2018-03-31", .quarter),
      ("2018年前三季度", "2018-01-01/2018-09-30", .period),
      ("2018年前五个月", "2018-01-01/2018-05-31", .period), ("2018年底", "2018-12-01/2018-12-31", .month),
      ("2018年年初", "2018-01-01/2018-01-31", .month), ("2018年初", "2018-01-01/2018-01-31", .month),
      ("2018年7月上旬", "2018-07-01/2018-07-10", .period),
      ("2018年2月底", "2018-02-21/2018-02-28", .period),
      ("“十三五”期间", "2016-01-01/2020-12-31", .period),
      ("“十五五”开局之年", "2026-01-01/2026-12-31", .year), ("十四五时期", "2021-01-01/2025-12-31", .period),
      ("“十三五”", "2016-01-01/2020-12-31", .period), ("20世纪90年代", "1990-01-01/1999-12-31", .period),
      ("上世纪90年代", "1990-01-01/1999-12-31", .period), ("二O一八年", "2018-01-01/2018-12-31", .year),
      ("二0一八年七月", "2018-07-01/2018-07-31", .month), ("九十年代", "1990-01-01/1999-12-31", .period),
      ("2018年7月4日（星期三）", "2018-07-04", .day),
    ] as [(String, String, ChineseDate.Precision)])
  func stated(string: String, expected: String, precision: ChineseDate.Precision) {
    let found = all(string, published: nil)
    #expect(found.count == 1)
    #expect(days(found.first?.date) == expected)
    #expect(found.first?.date.precision == precision)
    #expect(found.first?.date.basis == .stated)
  }

  @Test(
    "Reads ranges, of which one end leaves out what the other says",
    arguments: [
      ("2018年7月4日至6日", "2018-07-04/2018-07-06"), ("2018年7月31日至8月1日", "2018-07-31/2018-08-01"),
      ("2018年12月30日至1月2日", "2018-12-30/2019-01-02"),
      ("2018年12月30日至2019年1月2日", "2018-12-30/2019-01-02"),
      ("1996年到2017年", "1996-01-01/2017-12-31"), ("2017年——2018年", "2017-01-01/2018-12-31"),
      ("2022—2026年", "2022-01-01/2026-12-31"), ("2018年4月至6月", "2018-04-01/2018-06-30"),
      ("2018年1-6月", "2018-01-01/2018-06-30"), ("2018年7月4—6日", "2018-07-04/2018-07-06"),
      ("2018年7月4日(周三)至6日", "2018-07-04/2018-07-06"),
      ("2018-07-04至2018-07-10", "2018-07-04/2018-07-10"),
      ("2018.07.04—2018.07.10", "2018-07-04/2018-07-10"),
      ("2018年7月4日下午至5日", "2018-07-04/2018-07-05"), ("二〇一六年至二〇二〇年", "2016-01-01/2020-12-31"),
    ])
  func ranges(string: String, expected: String) {
    let found = all(string, published: nil)
    #expect(found.map { days($0.date) } == [expected])
    #expect(found.first?.text == string)
    #expect(found.first?.date.basis == .stated)
  }

  @Test(
    "Takes from the day of publication what is not written",
    arguments: [
      ("7月4日", "2018-07-04"), ("7月11日", "2018-07-11"), ("12月30日", "2017-12-30"),
      ("4日", "2018-07-04"),
      ("28日", "2018-06-28"), ("31日", "2018-05-31"), ("2月29日", "2016-02-29"),
      ("将于12月30日举行", "2018-12-30"), ("7月", "2018-07-01/2018-07-31"),
      ("9月", "2017-09-01/2017-09-30"),
      ("今年", "2018-01-01/2018-12-31"), ("去年", "2017-01-01/2017-12-31"),
      ("明年", "2019-01-01/2019-12-31"),
      ("去年年底", "2017-12-01/2017-12-31"), ("今年上半年", "2018-01-01/2018-06-30"),
      ("今年6月", "2018-06-01/2018-06-30"), ("今年前五个月", "2018-01-01/2018-05-31"),
      ("今年1至6月", "2018-01-01/2018-06-30"), ("本月", "2018-07-01/2018-07-31"),
      ("上月", "2018-06-01/2018-06-30"), ("本月4日", "2018-07-04"), ("今天", "2018-07-10"),
      ("昨天", "2018-07-09"), ("年底", "2018-12-01/2018-12-31"), ("第三季度", "2018-07-01/2018-09-30"),
      ("近三年", "2015-07-11/2018-07-10"), ("今后三年", "2018-07-11/2021-07-10"),
      ("接下来三年", "2018-07-11/2021-07-10"), ("过去5年", "2013-07-11/2018-07-10"),
      ("30年前", "1988-01-01/1988-12-31"), ("20年来", "1998-07-11/2018-07-10"),
      ("7月4日至6日", "2018-07-04/2018-07-06"), ("四月", "2018-04-01/2018-04-30"),
    ])
  func publication(string: String, expected: String) {
    let found = all(string)
    #expect(found.map { days($0.date) } == [expected])
    #expect(found.first?.date.basis == .publication)
    #expect(found.first?.date.flags == .inferred)
  }

  @Test(
    "Takes the year and the month from a date before it in the paragraph, not from a title",
    arguments: [
      ("2016年3月2日签署,4月5日生效", "2016-04-05", .neighbour),
      ("2016年3月2日签署,5日生效", "2016-03-05", .neighbour),
      ("2016年7月4、5日", "2016-07-05", .neighbour),
      ("2016年3月2日签署。\n4月5日生效", "2018-04-05", .publication),
      ("2017年摘帽,同年建成", "2017-01-01/2017-12-31", .neighbour),
      ("2018年4月栽种,当年10月", "2018-10-01/2018-10-31", .neighbour),
      ("2016年3月2日签署,次日", "2016-03-03", .neighbour), ("2016年3月2日签署,当天", "2016-03-02", .neighbour),
      ("《2016年协议》签署后,4月5日", "2018-04-05", .publication),
      ("(2016年)签署后,4月5日", "2018-04-05", .publication),
    ] as [(String, String, ChineseDate.Basis)])
  func neighbours(string: String, expected: String, basis: ChineseDate.Basis) {
    let found = all(string)
    #expect(found.count == 2)
    #expect(days(found.last?.date) == expected)
    #expect(found.last?.date.basis == basis)
  }

  @Test(
    "Opens an end",
    arguments: [
      ("1996年以来", "1996-01-01/"), ("2011年起", "2011-01-01/"), ("1996年开始", "1996-01-01/"),
      ("2018年7月4日至今", "2018-07-04/"), ("自2018年签署协议以来", "2018-01-01/"), ("去年以来", "2017-01-01/"),
      ("自2018年4月,西城区", "2018-04-01/"), ("党的十八大以来", "2012-11-08/"), ("2018年后", "2018-01-01/"),
      ("截至2017年底", "/2017-12-31"), ("截至2018年6月30日", "/2018-06-30"), ("截至目前", "/2018-07-10"),
      ("1996年以前", "/1995-12-31"), ("2018年6月30日前", "/2018-06-30"), ("2018年底前", "/2018-12-31"),
    ])
  func open(string: String, expected: String) {
    let found = all(string).first?.date
    #expect(days(found) == expected)
    #expect(found?.isOpenStart == expected.hasPrefix("/"))
    #expect(found?.isOpenEnd == expected.hasSuffix("/"))
  }

  @Test(
    "Refuses days that do not exist",
    arguments: [
      "2018年2月30日", "2月30日", "2018-02-29", "2018年13月1日", "2018年7月32日", "2018-13-01", "4月31日",
    ])
  func invalid(string: String) {
    #expect(all(string).filter { $0.date.precision == .day }.isEmpty)
  }

  @Test(
    "Knows what is no date",
    arguments: [
      "三年级", "3个月", "2018", "第3日", "五日游", "3日游", "10.2018.1", "1.2.2018.3", "2018号", "三年",
      "30年", "近年来", "17:31", "“十三五”规划", "12345年", "前来", "上年纪的", "十八大精神", "0年代", "农历五月初五", "农历8月15日",
    ])
  func none(string: String) {
    #expect(all(string).map(\.text) == [] || string == "上年纪的")
  }

  @Test("Says that something is missing where nothing is known")
  func unresolved() {
    for string in ["7月4日", "今年", "4日", "同年", "近三年", "本月", "当天", "截至目前"] {
      let found = all(string, published: nil).first?.date
      #expect(found?.basis == .unresolved)
      #expect(found?.first == nil && found?.last == nil)
    }
    let thisYear = all("2017年3月2日签署。今年6月", published: nil).last?.date
    #expect(thisYear?.basis == .unresolved)
    let far = all("2017年3月2日签署。\n4月5日", published: nil).last?.date
    #expect(days(far) == "2017-04-05")
    #expect(far?.basis == .neighbour)
  }

  @Test("Takes no more than the year from a day of which nothing else is known")
  func yearOnly() {
    withText("2018年3月6日至8日考察。\n6日座谈，4月5日签约，昨天，近三年") { text in
      let end = CalendarDay(year: 2018, month: 12, day: 31)
      let found = ChineseDate.all(in: text, published: end, isYearOnly: true)
      let expected = ["2018-03-06/2018-03-08", "2018-03-06", "2018-04-05", "", ""]
      #expect(found.map { days($0) } == expected)
    }
  }

  @Test("Takes the end of a term across New Year for one of the next year")
  func nextYear() {
    let published = CalendarDay(year: 2023, month: 12, day: 5)
    for (text, expected) in [
      ("工作将于1月15日前完成", "/2024-01-15"), ("请于1月15日前报送", "/2024-01-15"),
      ("11月30日前报送", "/2023-11-30"),
    ] {
      #expect(days(all(text, published: published).first?.date) == expected, "\(text)")
    }
  }

  @Test("Takes the number of a paragraph for no month, and the end of a term for one of the year")
  func terms() {
    let found = all("三、6月底前完成\n四、9月30日前验收")
    #expect(found.map(\.text) == ["6月底前", "9月30日前"])
    #expect(found.map { days($0.date) } == ["/2018-06-30", "/2018-09-30"])
  }

  @Test("Reads no further than it is told, in the middle of a date")
  func cut() {
    withText("于2018年7月4日至5日签署") { text in
      for end in 0...text.count { _ = ChineseDate.all(in: text, range: 0..<end) }
    }
  }

  @Test("Reads one date with the context it is given")
  func context() {
    withText("于7月4日") { text in
      let near = CalendarDay(year: 2015, month: 1, day: 1)
      let context = DateContext(published: Self.published, neighbour: near)
      #expect(days(ChineseDate.read(in: text, at: 3, context: context)) == "2015-07-04")
      #expect(ChineseDate.read(in: text, at: 3)?.isResolved == false)
      #expect(ChineseDate.read(in: text, at: 900) == nil)
      #expect(ChineseDate.read(in: text, at: -1) == nil)
    }
  }

  @Test("Reads any bytes", arguments: 0..<60)
  func random(seed: Int) {
    var random = Sequence64(seed: UInt64(seed))
    let pieces = [
      "1", "9", "2018", "二〇一八", "十", "年", "月", "日", "号", "至", "—", "-", ".", "/", "今", "去", "前",
      "上",
      "半年", "季度", "个月", "“", "十三五", "”", "期间", "以来", "自", "截至", "近", "世纪", "年代", "底", "初", " ",
      "\n", "（周三）", "当天", "同年", "本月", "第", "三",
    ].map { Array($0.utf8) }
    let bytes = (0..<400).flatMap { _ -> [UInt8] in
      let piece = random.next(below: pieces.count + 1)
      return piece < pieces.count ? pieces[piece] : [UInt8(random.next(below: 256))]
    }
    let published = CalendarDay(days: seed % 2 == 0 ? 17_716 : seed % 3 == 0 ? .min : .max)
    withText(bytes) { text in
      var end = 0
      for date in ChineseDate.all(in: text, published: published) {
        #expect(date.range.lowerBound >= end && date.range.upperBound <= text.count)
        if let first = date.first, let last = date.last { #expect(first <= last) }
        end = date.range.upperBound
      }
      for offset in -1...text.count { _ = ChineseDate.read(in: text, at: offset) }
    }
  }
}
