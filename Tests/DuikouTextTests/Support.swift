import DuikouText

/// Calls `body` with a string's UTF-8 as a text.
func withText<Result>(
  _ string: String, _ body: (SourceText) throws -> Result
) rethrows -> Result {
  try withText(Array(string.utf8), body)
}

/// Calls `body` with bytes as a text.
func withText<Result>(
  _ bytes: [UInt8], _ body: (SourceText) throws -> Result
) rethrows -> Result {
  try bytes.withUnsafeBufferPointer { try body(SourceText($0)) }
}

/// Numbers that look random and are the same in every run.
struct Sequence64 {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next(below bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }
}
