/// A cell of the double array: a state, which is a way from the root along characters.
///
/// The state behind a character lies at `base` plus the character's code, and is one only if its
/// `check` is the state it is reached from. The states behind one character lie at its code.
struct LexiconNode: BitwiseCopyable {
  /// The base, and in the highest bit whether a surface ends here.
  var word: UInt32 = 0
  var check: UInt32 = LexiconNode.unused

  static let unused = UInt32.max
  static let baseMask = UInt32.max >> 1

  @inline(__always) var base: UInt32 { word & Self.baseMask }
  @inline(__always) var hasValue: Bool { word > Self.baseMask }
}
