import DuikouText
import Testing

@Suite struct NormalizedTextTests {
  private func normal(_ string: String, script: Script? = nil) -> String {
    withText(string) { source in
      NormalizedText(source, script: script).withText { $0.string($0.range) }
    }
  }

  @Test(
    "Brings the forms of signs together",
    arguments: [
      ("２０１８年，共１．２亿（约１５％）", "2018年,共1.2亿(约15%)"),
      ("甲：乙；丙！丁？", "甲:乙;丙!丁?"),
      ("甲、乙。丙《丁》〔2018〕", "甲、乙。丙《丁》〔2018〕"),
      ("「倍增計劃」『甲』", "“倍增计划”‘甲’"),
      ("3–5个，3〜5个，￥5", "3-5个,3~5个,¥5"), ("二○一八年", "二〇一八年"),
    ])
  func signs(string: String, expected: String) {
    #expect(normal(string) == expected)
  }

  @Test(
    "Leaves out blanks that say nothing, and makes one of several",
    arguments: [
      ("　　7月4日", "7月4日"), ("甲  乙", "甲 乙"), ("甲　乙", "甲 乙"), ("甲 \n 乙", "甲\n乙"),
      ("甲\r\n乙\r丙\u{2028}丁", "甲\n乙\n丙\n丁"), ("2018 年 7 月 4 日", "2018年7月4日"),
      ("增长 ３．５ 万元", "增长3.5万元"), ("1 2", "1 2"), ("2018 三", "2018 三"),
      ("甲\u{200b}乙\u{feff}", "甲乙"), ("a  b", "a b"), ("甲 \u{200b} 乙", "甲 乙"), ("   ", ""),
    ])
  func blanks(string: String, expected: String) {
    #expect(normal(string) == expected)
  }

  @Test(
    "Writes Traditional characters, variants and compatibility forms in the simplified way",
    arguments: [
      ("內蒙古自治區與北京市簽署協議", "内蒙古自治区与北京市签署协议"),
      ("他説産業為爲主，羣衆", "他说产业为为主,群众"), ("裏裡後髮發", "里里后发发"),
      ("\u{f90a}\u{2f00}\u{2ec4}", "金一西"), ("軟體", "软体"),
    ])
  func traditional(string: String, expected: String) {
    #expect(normal(string) == expected)
  }

  @Test(
    "Lets the word decide where a character has two simplified forms",
    arguments: [
      ("乾隆年間喝乾了", "乾隆年间喝干了"), ("顯著的成績，看著學生", "显著的成绩,看着学生"),
      ("藉此機會聊以慰藉學生", "借此机会聊以慰藉学生"), ("瞭解瞭望臺", "了解瞭望台"),
      ("計畫畫畫學習", "计划画画学习"), ("甚麼都甚好學", "什么都甚好学"),
      ("答覆覆蓋學校", "答复覆盖学校"), ("徵求魏徵學習", "征求魏徵学习"), ("位於學校", "位于学校"),
    ])
  func context(string: String, expected: String) {
    #expect(normal(string) == expected)
  }

  @Test("Keeps 著 and 乾 as they are in a Simplified document, and still changes 關")
  func simplified() {
    #expect(normal("来看著名的乾县，相關文章，位於这边") == "来看著名的乾县,相关文章,位于这边")
    #expect(normal("看著", script: .traditional) == "看着")
    #expect(normal("看著", script: .simplified) == "看著")
  }

  @Test(
    "Tells the script",
    arguments: [
      ("内蒙古自治区", .simplified), ("內蒙古自治區", .traditional), ("北京", .simplified),
      ("", .simplified), ("来自这里的相關文章", .simplified),
      (String(repeating: "这", count: 200) + String(repeating: "這", count: 300), .traditional),
      (String(repeating: "这", count: 256) + String(repeating: "這", count: 600), .simplified),
    ] as [(String, Script)])
  func script(string: String, expected: Script) {
    withText(string) { #expect(NormalizedText($0).script == expected) }
  }

  @Test(
    "Shares the bytes of a text that is normal",
    arguments: ["7月4日,北京市。\n\n(甲) a b", "", "北京", "a", "\n"])
  func shared(string: String) {
    withText(string) { #expect(NormalizedText($0).isShared) }
  }

  @Test(
    "Maps a range back to the characters it was made of",
    arguments: [
      ("（１６個）", "16", "１６"), ("２０１８　年７ 月", "2018年", "２０１８　年"),
      ("　　甲　　乙", "甲", "甲"), ("　　甲　　乙", "甲 乙", "甲　　乙"), ("甲\r\n乙", "\n", "\r\n"),
      ("甲\u{200b}乙", "甲", "甲"), ("甲\u{200b}乙", "甲乙", "甲\u{200b}乙"), ("區區", "区区", "區區"),
    ])
  func back(string: String, part: String, expected: String) throws {
    try withText(string) { source in
      let normal = NormalizedText(source)
      let range = try #require(normal.withText { text in find(part, in: text) })
      #expect(source.string(normal.sourceRange(of: range)) == expected)
      #expect(normal.range(ofSource: normal.sourceRange(of: range)) == range)
    }
  }

  @Test("Maps parts of characters to whole ones, and nothing outside of the text")
  func whole() {
    withText("（區）") { source in
      let normal = NormalizedText(source)
      #expect(normal.count == 5)
      #expect(normal.sourceRange(of: 2..<3) == 3..<6)
      #expect(normal.sourceRange(of: 0..<1) == 0..<3)
      #expect(normal.range(ofSource: 1..<2) == 0..<1)
      #expect(normal.range(ofSource: 4..<7) == 1..<5)
      #expect(normal.sourceRange(of: -9..<900) == 0..<9)
      #expect(normal.range(ofSource: -9..<900) == 0..<5)
      #expect(normal.sourceRange(of: 4..<4) == 6..<6)
      #expect(normal.sourceRange(of: 5..<5) == 9..<9)
    }
    withText("　　") { source in
      let normal = NormalizedText(source)
      #expect(normal.count == 0)
      #expect(normal.range(ofSource: 0..<3).isEmpty)
    }
  }

  @Test("Reads any bytes, and maps every range of them", arguments: 0..<60)
  func random(seed: Int) {
    var random = Sequence64(seed: UInt64(seed))
    let pieces: [[UInt8]] = ["　", " ", "１", "，", "區", "甲", "著", "\r", "\n", "\u{200b}", "𠮷", "7"]
      .map { Array($0.utf8) }
    let bytes = (0..<60).flatMap { _ -> [UInt8] in
      let piece = random.next(below: pieces.count + 2)
      return piece < pieces.count ? pieces[piece] : [UInt8(random.next(below: 256))]
    }
    withText(bytes) { source in
      let normal = NormalizedText(source)
      let again = normal.withText { NormalizedText($0).isShared }
      #expect(again || !isUTF8(bytes))
      for start in 0...normal.count {
        for end in start...min(start + 6, normal.count) {
          let range = normal.sourceRange(of: start..<end)
          #expect(source.range.lowerBound <= range.lowerBound && range.upperBound <= source.count)
          let there = normal.range(ofSource: range)
          #expect(there.lowerBound <= start && end <= there.upperBound || start == end)
        }
      }
      for start in 0..<source.count {
        let range = normal.range(ofSource: start..<(start + 1))
        #expect(range.upperBound <= normal.count)
      }
    }
  }

  private func isUTF8(_ bytes: [UInt8]) -> Bool {
    String(validating: bytes, as: UTF8.self) != nil
  }

  private func find(_ part: String, in text: SourceText) -> Range<Int>? {
    (0..<text.count).first { text.has(part, at: $0) }.map { $0..<($0 + part.utf8.count) }
  }
}
