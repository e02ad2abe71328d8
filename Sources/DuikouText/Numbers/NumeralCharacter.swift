/// A Chinese character of a numeral, with its forms in documents (壹), in Traditional script (萬) and 〇.
enum NumeralCharacter: Equatable, Sendable {
  /// 零 to 九; 两 is 2.
  case digit(Int)
  /// 十, 百 or 千: the power of ten.
  case unit(Int)
  /// 万 or 亿: the power of ten.
  case group(Int)
  /// 廿, 卅 or 卌: 2 to 4 tens.
  case tens(Int)

  init?(_ scalar: UInt32) {
    guard scalar >= 0x25cb else { return nil }
    switch Unicode.Scalar(scalar) {
    case "〇", "零", "○": self = .digit(0)
    case "一", "壹": self = .digit(1)
    case "二", "两", "贰", "兩", "貳": self = .digit(2)
    case "三", "叁", "參", "叄": self = .digit(3)
    case "四", "肆": self = .digit(4)
    case "五", "伍": self = .digit(5)
    case "六", "陆", "陸": self = .digit(6)
    case "七", "柒": self = .digit(7)
    case "八", "捌": self = .digit(8)
    case "九", "玖": self = .digit(9)
    case "十", "拾": self = .unit(1)
    case "百", "佰": self = .unit(2)
    case "千", "仟": self = .unit(3)
    case "万", "萬": self = .group(4)
    case "亿", "億": self = .group(8)
    case "廿": self = .tens(2)
    case "卅": self = .tens(3)
    case "卌": self = .tens(4)
    default: return nil
    }
  }
}
