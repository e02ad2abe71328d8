/// How a statement differs from a plain one. Raw values are the `DK_…` flags of a row.
public struct StatementFlags: OptionSet, Sendable, Hashable {
  public let rawValue: UInt32

  public init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// `DK_DISTRIBUTIVE`, 各, 每, 均: holds for each.
  public static let distributive = StatementFlags(rawValue: 8)
  /// `DK_DELTA`, 增加, 减少: a change, not a total. 增至 gives a total.
  public static let delta = StatementFlags(rawValue: 16)
  /// `DK_APPROXIMATE`, 近, 余, 约.
  public static let approximate = StatementFlags(rawValue: 32)
  /// `DK_INFERRED`: from the context, such as the year of 7月4日.
  public static let inferred = StatementFlags(rawValue: 64)
}
