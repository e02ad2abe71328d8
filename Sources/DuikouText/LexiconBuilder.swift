/// Builds the tables of a `Lexicon`: numbers the characters, sorts the surfaces, and places each
/// state's successors in the first gap of the double array in which they fit.
struct LexiconBuilder {
  private(set) var count = 0
  private(set) var lowest: UInt32 = 0
  private(set) var codes: [UInt32] = []
  private(set) var starters: UInt32 = 0
  private(set) var nodes = [Lexicon.Node(base: 0, check: 0)]

  /// A surface as the codes of its characters.
  private struct Entry {
    var codes: [UInt32]
    var value: UInt32
  }

  /// A state whose successors are to be placed: the entries that go through it.
  private struct Pending {
    var state: Int
    var depth: Int
    var entries: Range<Int>
  }

  private var firstFree = 1

  init(_ source: [(surface: String, value: UInt32)]) {
    let surfaces = source.filter { !$0.surface.isEmpty }.map {
      (scalars: $0.surface.unicodeScalars.map(\.value), value: $0.value)
    }
    numberCharacters(surfaces.map(\.scalars))
    var seen: Set<[UInt32]> = []
    let entries = surfaces.filter { seen.insert($0.scalars).inserted }
      .map { Entry(codes: $0.scalars.map { codes[Int($0 - lowest)] }, value: $0.value) }
      .sorted { $0.codes.lexicographicallyPrecedes($1.codes) }
    count = entries.count
    place(entries)
  }

  private mutating func numberCharacters(_ surfaces: [[UInt32]]) {
    let all = surfaces.joined()
    guard let low = all.min(), let high = all.max() else { return }
    lowest = low
    codes = Array(repeating: 0, count: Int(high - low) + 1)
    var next: UInt32 = 1
    func number(_ scalar: UInt32) {
      guard codes[Int(scalar - low)] == 0 else { return }
      codes[Int(scalar - low)] = next
      next += 1
    }
    for surface in surfaces { number(surface[0]) }
    starters = next - 1
    for scalar in all { number(scalar) }
  }

  private mutating func place(_ entries: [Entry]) {
    var pending = [Pending(state: 0, depth: 0, entries: entries.indices)]
    while let parent = pending.popLast() {
      var groups: [(code: UInt32, entries: Range<Int>)] = []
      for index in parent.entries where entries[index].codes.count > parent.depth {
        let code = entries[index].codes[parent.depth]
        if let last = groups.last, last.code == code {
          groups[groups.count - 1].entries = last.entries.lowerBound..<(index + 1)
        } else {
          groups.append((code, index..<(index + 1)))
        }
      }
      guard !groups.isEmpty else { continue }
      let base = freeBase(for: groups.map { Int($0.code) })
      nodes[parent.state].base = Int32(base)
      for group in groups {
        let state = base + Int(group.code)
        nodes[state].check = Int32(parent.state)
        let entry = entries[group.entries.lowerBound]
        if entry.codes.count == parent.depth + 1 { nodes[state].value = entry.value }
        pending.append(Pending(state: state, depth: parent.depth + 1, entries: group.entries))
      }
    }
  }

  /// The lowest base at which all the codes fall on free states; grows the array to hold them.
  private mutating func freeBase(for codes: [Int]) -> Int {
    while firstFree < nodes.count, nodes[firstFree].check >= 0 { firstFree += 1 }
    var base = max(firstFree - codes[0], 0)
    while !codes.allSatisfy({ base + $0 >= nodes.count || nodes[base + $0].check < 0 }) {
      base += 1
    }
    let needed = base + (codes.last ?? 0) + 1
    if needed > nodes.count {
      nodes += Array(repeating: Lexicon.Node(), count: needed - nodes.count)
    }
    return base
  }
}
