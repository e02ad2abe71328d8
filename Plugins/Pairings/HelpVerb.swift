/// A verb such as 帮扶 that waits for whom it helps.
struct HelpVerb {
  let word: PairingWord
  let range: Range<Int>
  let subject: Subject

  /// Who helps.
  struct Subject {
    let helpers: [Division]
    /// How many of its districts take part.
    var units: UInt32?
    /// Whether each helper has one of those whom the verb names: 丰台区、怀柔区分别帮扶林西县、四子王旗.
    var isEach = false
    /// Where it stands; nil where it is left out and taken from what stands before.
    var range: Range<Int>?
  }
}
