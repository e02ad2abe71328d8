/// Who helps whom, as one place of the text says it.
struct Pairing: Sendable {
  let helper: Division
  let helped: Division
  var helperUnits: UInt32?
  var helpedUnits: UInt32?
  /// 对口帮扶 and the like, if the text says it.
  var kind: String?
  /// Days since 1970-01-01.
  var since: Int32?
  var asOf: Int32?
  var coversAll = false
  var isDelta = false
  var isDistributive = false
  /// Whether the helper is left out and taken from what stands before.
  var isElided = false
  var confidence: Double
  /// Bytes of the text in normal form.
  var evidence: Range<Int>

  /// What tells pairings of a document apart.
  struct Key: Hashable {
    let helper, helped: UInt32
    let helperUnits, helpedUnits: UInt32?
    let isDelta: Bool
  }

  var key: Key {
    Key(
      helper: helper.code, helped: helped.code, helperUnits: helperUnits,
      helpedUnits: helpedUnits, isDelta: isDelta)
  }
}
