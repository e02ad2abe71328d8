/// A dictionary of surfaces that finds them in a text, each with a number attached.
///
/// A double array over characters: characters that occur in no surface cost one look-up each. It is
/// built once and never changes; any number of threads may read it.
public struct Lexicon: Sendable {
  /// A state of the automaton. State 0 is the root; `check` is the state it is reached from.
  struct Node: Sendable, BitwiseCopyable {
    var base: Int32 = 0
    var check: Int32 = -1
    var value: UInt32 = Node.none

    static let none = UInt32.max
  }

  /// How many surfaces there are.
  public let count: Int
  /// The lowest scalar of all surfaces.
  let lowest: UInt32
  /// By scalar, counted from `lowest`: its code, 0 where it occurs in no surface. The characters
  /// with which a surface begins have the lowest codes.
  let codes: [UInt32]
  /// How many characters begin a surface.
  let starters: UInt32
  let nodes: [Node]

  /// Builds a lexicon. Of a surface that occurs twice the first value counts; an empty surface
  /// is ignored. Values are below `UInt32.max`.
  public init(_ entries: [(surface: String, value: UInt32)]) {
    let builder = LexiconBuilder(entries)
    count = builder.count
    lowest = builder.lowest
    codes = builder.codes
    starters = builder.starters
    nodes = builder.nodes
  }
}
