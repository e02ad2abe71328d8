import DuikouText
import Testing

@Suite struct QuantityTests {
  private func all(_ string: String) -> [(quantity: Quantity, text: String)] {
    withText(string) { text in
      Quantity.all(in: text).map { ($0, text.string($0.range)) }
    }
  }

  @Test(
    "Brings units to one name",
    arguments: [
      ("31个国贫旗县", "31", "个"), ("100平方千米", "100", "平方公里"), ("40km", "40", "公里"),
      ("2个小时", "2", "小时"), ("三十周年", "30", "年"), ("二十余载", "20", "年"), ("3千米", "3", "公里"),
      ("12万人次", "120000", "人次"), ("1万亩", "10000", "亩"), ("500千伏", "500", "千伏"),
      ("18個對口地區", "18", "个"), ("两省区", "2", "省区"), ("25℃", "25", "℃"), ("-5℃", "-5", "℃"),
      ("零下5℃", "-5", "℃"), ("3倍", "3", "倍"), ("2 小时", "2", "小时"),
      ("两个半小时", "2.5", "小时"), ("三年半", "3.5", "年"), ("3年半", "3.5", "年"), ("3000㎡", "3000", "平方米"),
      ("八家", "8", "家"),
    ])
  func units(string: String, value: String, unit: String) {
    let found = all(string).first?.quantity
    #expect(found?.value.description == value)
    #expect(found?.unit?.name == unit)
  }

  @Test(
    "Takes what the words around a number say",
    arguments: [
      ("近1.2万名", .below, [.approximate]), ("约30人", .equal, [.approximate]),
      ("超过28万人", .above, []), ("超5500人", .above, []), ("逾百家", .above, []),
      ("不足20户", .below, []), ("不到2个小时", .below, []), ("至少3人", .atLeast, []),
      ("不超过3人", .atMost, []), ("4100余个", .above, [.approximate]),
      ("150余人", .above, [.approximate]), ("7500多亿元", .above, [.approximate]),
      ("1.4万多人", .above, [.approximate]), ("20%左右", .equal, [.approximate]),
      ("80%以上", .atLeast, []), ("3人以下", .atMost, []), ("各8个", .equal, [.distributive]),
      ("县均1000万元", .equal, [.distributive]), ("每年3000万元", .equal, [.distributive]),
      ("均高于90%以上", .atLeast, [.distributive]), ("超过了12万公里", .above, []),
      ("三五个", .equal, [.approximate]), ("十几万人", .above, [.approximate]),
      ("十多趟", .above, [.approximate]), ("七八个", .equal, [.approximate]),
      ("均达到95%以上", .atLeast, [.distributive]), ("超千万元", .above, []),
    ] as [(String, Comparator, StatementFlags)])
  func words(string: String, comparator: Comparator, flags: StatementFlags) {
    let found = all(string).first
    #expect(found?.quantity.comparator == comparator)
    #expect(found?.quantity.flags == flags)
    #expect(found?.text == string)
  }

  @Test(
    "Takes no end of a longer word for one before a number",
    arguments: [
      ("签约三个项目", "三个"), ("簽約三個項目", "三個"), ("预约20人", "20人"), ("节约30元", "30元"),
      ("附近3个", "3个"), ("签约约30个", "约30个"), ("大约三个", "大约三个"),
    ])
  func longerWords(string: String, text: String) {
    let found = all(string)
    #expect(found.map(\.text) == [text])
    #expect(found.first?.quantity.flags == (text.contains("约") ? [.approximate] : []))
  }

  @Test(
    "Tells a change from a total",
    arguments: [
      ("增加9个", .increase), ("同比增长32.94%", .increase), ("增长近10%", .increase),
      ("增长了1.5倍", .increase), ("减少300户", .decrease), ("下降0.3个百分点", .decrease),
      ("2017年增加兴安盟、通辽市9个旗县", .increase), ("新增注册企业近两万家", .increase), ("增加到9个", nil),
      ("增至3000万元", nil), ("增长到了1.7亿元", nil), ("共有9个", nil), ("增加收入,建成9个", nil),
    ] as [(String, ChineseNumber.Change?)])
  func changes(string: String, change: ChineseNumber.Change?) {
    let found = all(string).first?.quantity
    #expect(found != nil)
    #expect(found?.number.change == change)
    #expect(found?.flags.contains(.delta) == (change != nil))
  }

  @Test(
    "Knows what is no quantity",
    arguments: [
      "2018年7月4日", "17日", "三门峡市", "一个造了一张牌", "二十大代表", "第3个", "三年级", "3A级",
      "京ICP证140554", "〔2018〕11号", "20世纪90年代", "2016—2020年", "前五个月", "上一年", "17:31",
      "四川", "千万工程", "一方面", "白叶一号", "百姓", "三家村", "1至6月", "几十万人", "数百名", "数十个", "民国三十七年", "三个一",
      "第三季度",
    ])
  func none(string: String) {
    #expect(all(string).map(\.text) == [])
  }

  @Test("Does not take half a word for a unit")
  func halves() {
    #expect(all("106万村民").first?.quantity.unitName == "人")
    #expect(all("31.2万脱贫人口").first?.quantity.unitName == "人")
    #expect(all("200余农户").first?.quantity.unitName == "户")
    #expect(all("242亿订单").first?.quantity.unit == nil)
    for text in [
      "投资8000万帮助农户", "投入500万培训群众", "签约5亿居民楼", "价值300万游客服务中心", "5亿居民楼改造",
      "发放贷款2亿帮助牧户", "募集120万给村民修路",
    ] {
      #expect(all(text).allSatisfy { $0.quantity.unit == nil }, "\(text)")
    }
    #expect(all("2018村民").isEmpty && all("三方会谈").isEmpty && all("“四个不摘”").isEmpty)
    #expect(all("106万村民").first?.quantity.value == ScaledInteger(1_060_000))
    #expect(all("8人民币").isEmpty || all("8人民币").first?.quantity.unit?.name != "人")
  }

  @Test(
    "Holds for each where 每户 or 人均 stands ahead in the clause",
    arguments: [
      ("每户补助5000元", true), ("户均增收3200元", true), ("每亩增收300—500元", true), ("每人每年补助1000元", true),
      ("每户都有,补助5000元", false), ("补助5000元", false),
    ])
  func each(string: String, isDistributive: Bool) {
    let found = all(string).first?.quantity
    #expect(found?.flags.contains(.distributive) == isDistributive)
  }

  @Test("Reads a range with the unit behind each end")
  func ranges() {
    let found = all("1000元至3000元").first
    #expect(found?.quantity.value == ScaledInteger(1000))
    #expect(found?.quantity.upper == ScaledInteger(3000))
    #expect(found?.text == "1000元至3000元")
  }

  @Test("Flags are those of rows")
  func rawValues() {
    let flags: [StatementFlags] = [.distributive, .delta, .approximate, .inferred]
    #expect(flags.map(\.rawValue) == [8, 16, 32, 64])
  }

  @Test(
    "Finds the quantities of a paragraph, in full-width signs and Traditional script, through the normal form"
  )
  func paragraph() {
    let string = "總投資額達２４２億元，結對幫扶３１個旗縣，　其中１６ 個區各８個。"
    withText(string) { source in
      let normal = NormalizedText(source)
      let found = normal.withText { text in Quantity.all(in: text) }
      #expect(
        found.map { source.string(normal.sourceRange(of: $0.range)) } == [
          "２４２億元", "３１個", "１６ 個", "各８個",
        ])
      #expect(found.map { $0.unit?.name } == ["元", "个", "个", "个"])
      #expect(Quantity.all(in: source).map(\.value) == found.map(\.value))
    }
  }
}
