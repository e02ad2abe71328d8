/// An administrative division.
struct Division: Sendable {
  /// GB/T 2260.
  let code: UInt32
  var name: String
  /// DK_LEVEL_PROVINCE and so on.
  let level: UInt32
  /// The code of the division above it; 0 for a province.
  let parent: UInt32
  /// Degrees, of its seat; nil where the table has none.
  let longitude, latitude: Double?

  /// Whether the division lies in the one with code `other`.
  func lies(in other: UInt32) -> Bool {
    guard code != other else { return false }
    return parent == other || code / 10_000 * 10_000 == other
  }
}
