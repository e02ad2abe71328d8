/// How the thing counted stands to the number that the text gives. Whether the number is near to it is a
/// flag of its own, `StatementFlags.approximate`.
public enum Comparator: UInt32, Sendable {
  /// Nothing, or 约, 左右.
  case equal = 0
  /// 不足, 不到, 低于, 近.
  case below = 1
  /// 以下, 以内, 不超过.
  case atMost = 2
  /// 以上, 至少, 不低于.
  case atLeast = 3
  /// 超, 逾, 高于; 余 and 多 behind the number.
  case above = 4
}
