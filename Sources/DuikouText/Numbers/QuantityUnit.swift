/// What a figure counts or measures. Other ways of writing it are brought to one name; numbers stay.
public struct QuantityUnit: Hashable, Sendable {
  /// What sort of thing is counted. Raw values are those of `units.tsv`.
  public enum Kind: String, Sendable {
    /// 元
    case money
    /// 美元 and others.
    case currency
    case people, household, division, count
    case length, area, volume, mass, power, energy, voltage, temperature, time
    /// 倍
    case ratio
  }

  /// The usual name, in Simplified characters, such as 平方公里 or 人次.
  public let name: String
  public let kind: Kind
}
