/// One way to read a surface: the division it may name, and what that takes.
struct Reading: Sendable {
  /// What a surface needs to name its division.
  enum Demand: Sendable {
    /// Nothing: the name is nobody else's.
    case nothing
    /// A division above it or beside it is named somewhere: others bear the name too.
    case ancestor
    /// A division above it right in front, or its full name elsewhere: the name is a word as well.
    /// For a full name the division right above it will do, wherever it stands.
    case anchor
  }

  /// Index in the gazetteer.
  let division: Int
  var demand: Demand
  /// The years in which the division bore the name.
  var years = Int.min...Int.max
}
