import DuikouText
import Testing

@Suite struct ChineseNumberTests {
  private func read(_ string: String) -> ChineseNumber? {
    withText(string) { ChineseNumber.read(in: $0, at: 0) }
  }

  @Test(
    "Reads values exactly",
    arguments: [
      ("16", "16"), ("１６", "16"), ("2,800", "2800"), ("2，800，000", "2800000"), ("3.5万", "35000"),
      ("1.2亿", "120000000"), ("1亿2000万", "120000000"), ("3万5千", "35000"), ("5百万", "5000000"),
      ("1万亿", "1000000000000"), ("12210.79万", "122107900"), ("三百二十万", "3200000"),
      ("二〇一八", "2018"), ("两千", "2000"), ("廿", "20"), ("廿八", "28"), ("十", "10"), ("十五", "15"),
      ("一百零五", "105"), ("一百五", "150"), ("三万五", "35000"), ("两千八百", "2800"),
      ("一亿三千万", "130000000"), ("两万亿", "2000000000000"), ("三点五", "3.5"), ("三点五万", "35000"),
      ("壹佰贰拾", "120"), ("叁萬", "30000"), ("242億", "24200000000"), ("1.50", "1.5"), ("0.3", "0.3"),
      ("九千九百九十九万九千九百九十九亿九千九百九十九万九千九百九十九", "9999999999999999"),
    ])
  func values(string: String, expected: String) {
    let number = read(string)
    #expect(number?.value.description == expected)
    #expect(number?.range == 0..<string.utf8.count)
  }

  @Test(
    "Reads percents and fractions",
    arguments: [
      ("15%", "15", .percent), ("３２.94％", "32.94", .percent), ("百分之十五", "15", .percent),
      ("百分之15", "15", .percent), ("15个百分点", "15", .percentagePoints),
      ("三分之一", "1", .fraction(of: 3)), ("千分之三", "3", .perMille), ("3‰", "3", .perMille),
      ("六成", "60", .percent), ("六成五", "65", .percent), ("万分之二", "2", .fraction(of: 10_000)),
    ] as [(String, String, ChineseNumber.Form)])
  func forms(string: String, value: String, form: ChineseNumber.Form) {
    let number = read(string)
    #expect(number?.value.description == value)
    #expect(number?.form == form)
    #expect(number?.range == 0..<string.utf8.count)
  }

  @Test(
    "Reads a slash as a part of a whole where the text compares",
    arguments: [
      ("占1/3", 3), ("的1/10", 10), ("达3/4", 4), ("占1/0", nil), ("占0/3", nil), ("占3/2", nil),
      ("占1/21", nil), ("占1/2/3", nil), ("占1/", nil), ("于1/3", nil),
    ] as [(String, Int64?)])
  func slashes(string: String, parts: Int64?) {
    let number = withText(string) { ChineseNumber.read(in: $0, at: 3) }
    var found: Int64?
    if case .fraction(let whole) = number?.form { found = whole }
    #expect(found == parts)
  }

  @Test(
    "Reads ranges, and what one 万 says of both ends",
    arguments: [
      ("3至5", "3", "5"), ("3—5", "3", "5"), ("3~5", "3", "5"), ("3-5", "3", "5"), ("三到五", "3", "5"),
      ("5000—10000", "5000", "10000"), ("3—5万", "30000", "50000"), ("5000—1万", "5000", "10000"),
      ("15%—20%", "15", "20"), ("15至20%", "15", "20"), ("七八", "7", "8"), ("三四百", "300", "400"),
      ("七八十万", "700000", "800000"), ("二十五六", "25", "26"), ("1万——2万", "10000", "20000"),
    ])
  func ranges(string: String, lower: String, upper: String) {
    let number = read(string)
    #expect(number?.value.description == lower)
    #expect(number?.upper?.description == upper)
    #expect(number?.range == 0..<string.utf8.count)
  }

  @Test(
    "Is no range where the second number is not larger",
    arguments: [("5至3", "5"), ("5到了", "5"), ("1380至此", "1380")])
  func noRanges(string: String, expected: String) {
    #expect(read(string)?.value.description == expected)
    #expect(read(string)?.upper == nil)
  }

  @Test(
    "Refuses ordinals, identifiers and rows of characters that are no numeral",
    arguments: [
      "3号", "3號楼", "3D", "35.1K", "0107190", "1.2.3", "17:31", "0471-6945123", "十五五", "五十五五",
      "百姓", "千山", "一带一路三门峡", "二百三百", "三千五万五万", "12345678901234567890", "3A级", "7/4",
      "万", "点", "",
    ])
  func refused(string: String) {
    let number = read(string)
    #expect(number == nil || string == "一带一路三门峡")
  }

  @Test(
    "Does not begin within a number, a word or behind 第",
    arguments: [
      ("第3", 3), ("第三", 3), ("123", 1), ("A12", 1), ("1.25", 2), ("二十五", 3), ("证140554", 3),
      ("〔2018〕", 3), ("12-34", 3), ("http://a/2018", 9), ("№5", 3),
    ])
  func inside(string: String, offset: Int) {
    withText(string) { #expect(ChineseNumber.read(in: $0, at: offset) == nil) }
  }

  @Test("Finds the numbers of a text, without its dates and the numerals in words")
  func all() {
    let string = "2018年7月4日，四川统一协调，共三百二十万，约15%，第3名，〔2018〕33号，一起，13。"
    withText(string) { text in
      let found = ChineseNumber.all(in: text).map { text.string($0.range) }
      #expect(found == ["三百二十万", "约15%", "13"])
    }
  }

  @Test("Reads any bytes", arguments: 0..<60)
  func random(seed: Int) {
    var random = Sequence64(seed: UInt64(seed))
    let pieces = [
      "1", "９", "0", ".", ",", "，", "万", "亿", "千", "百", "十", "三", "两", "零", "余", "多", "元", "%",
      "分之", "至", "—", "-", "约", "第", "年", "月", "日", "号", "个", "近", "增加", " ", "\n", "点", "成",
    ].map { Array($0.utf8) }
    let bytes = (0..<400).flatMap { _ -> [UInt8] in
      let piece = random.next(below: pieces.count + 1)
      return piece < pieces.count ? pieces[piece] : [UInt8(random.next(below: 256))]
    }
    withText(bytes) { text in
      for offset in -2...(text.count + 2) {
        let number = ChineseNumber.read(in: text, at: offset)
        #expect(number.map { text.range.contains($0.range.lowerBound) } ?? true)
        _ = Quantity.read(in: text, at: offset)
      }
      var end = 0
      for number in ChineseNumber.all(in: text) {
        #expect(number.numeral.lowerBound >= end)
        end = number.numeral.upperBound
      }
      _ = MoneyAmount.all(in: text)
    }
  }

  @Test(
    "Reads long rows in linear time",
    arguments: ["1", "一", "零", "百", "万", "1,", "1-", "3至", "多万", "约", "一百零", "1."])
  func long(piece: String) {
    withText(String(repeating: piece, count: 20_000)) { text in
      _ = Quantity.all(in: text)
      _ = ChineseNumber.all(in: text)
      _ = ChineseDate.all(in: text)
    }
  }
}
