import DuikouText
import Testing

@Suite struct MoneyAmountTests {
  private func amounts(_ string: String) -> [MoneyAmount] {
    withText(string) { MoneyAmount.all(in: $0) }
  }

  @Test(
    "Counts in fen, exactly",
    arguments: [
      ("3500元", 350_000), ("2800万元", 2_800_000_000), ("2.13亿元", 21_300_000_000),
      ("7165万元人民币", 7_165_000_000), ("¥3,500", 350_000), ("￥35.07", 3507), ("人民币20万元", 20_000_000),
      ("3元5角", 350), ("3元5角7分", 357), ("三百二十万元", 320_000_000), ("242億元", 2_420_000_000_000),
      ("0.01元", 1), ("两块钱", 200), ("13000多元", 1_300_000), ("0元", 0),
      ("9万亿元", 900_000_000_000_000),
    ] as [(String, Int64)])
  func fen(string: String, expected: Int64) {
    #expect(amounts(string).map(\.fen) == [expected])
  }

  @Test(
    "Is none where it is not in 元, not in whole fen, or too large",
    arguments: ["300美元", "0.001元", "999999999999999999元", "99999万亿亿元", "30人", "3元旦"])
  func refused(string: String) {
    #expect(amounts(string).isEmpty)
  }

  @Test("Keeps both ends of a range, and what the words say")
  func ranges() {
    let amount = amounts("月收入5000—10000元").first
    #expect(amount?.fen == 500_000)
    #expect(amount?.upperFen == 1_000_000)
    #expect(amounts("投资3—5亿元").first?.fen == 30_000_000_000)
    #expect(amounts("县均3000万元").first?.flags == .distributive)
    #expect(amounts("超过9300万元").first?.comparator == .above)
  }
}
