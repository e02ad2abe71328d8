import DuikouText

/// Finds surfaces by comparing bytes at every place.
struct PlainMatcher {
  private let surfaces: [(bytes: [UInt8], value: UInt32)]

  /// Of a surface that occurs twice the first value counts.
  init(_ entries: [(surface: String, value: UInt32)]) {
    var seen: Set<[UInt8]> = []
    surfaces = entries.map { (Array($0.surface.utf8), $0.value) }
      .filter { !$0.bytes.isEmpty && seen.insert($0.bytes).inserted }
      .sorted { $0.bytes.count < $1.bytes.count }
  }

  func matches(in text: [UInt8], mode: LexiconMode) -> [LexiconMatch] {
    var found: [LexiconMatch] = []
    var free = 0
    for start in text.indices where mode == .all || start >= free {
      let here = surfaces.filter { text[start...].starts(with: $0.bytes) }.map {
        LexiconMatch(start: start, end: start + $0.bytes.count, value: $0.value)
      }
      guard let longest = here.last else { continue }
      found += mode == .all ? here : [longest]
      free = longest.end
    }
    return found
  }
}
