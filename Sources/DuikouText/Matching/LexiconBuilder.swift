/// Builds a lexicon's image from its entries: numbers the characters, sorts the surfaces, and places
/// the states in a double array.
struct LexiconBuilder {
  /// A sequence of codes that is a surface.
  private struct Entry {
    /// The first three codes, which decide nearly every comparison.
    var key: UInt64
    /// The entry's place in the source.
    var index: Int
    /// Where its codes lie.
    var codes: Range<Int>
  }

  /// A state whose successors are to be placed: the entries that go through it.
  private struct Pending {
    var state: UInt32
    var depth: Int
    var entries: Range<Int>
  }

  /// The entries that go on from a state with one character.
  private struct Group {
    var code: UInt32
    var entries: Range<Int>
  }

  private var alphabet: LexiconAlphabet
  private var codes: [UInt32]
  private var entries: [Entry]
  private var array: DoubleArray
  private var values: [UInt32]
  /// Pairs of characters with which surfaces begin.
  private var pairs: [(first: UInt32, second: UInt32)] = []

  init(_ source: [(surface: String, value: UInt32)]) {
    var scalars: [UInt32] = []
    var ends: [Int] = []
    ends.reserveCapacity(source.count)
    for entry in source {
      for scalar in entry.surface.unicodeScalars { scalars.append(scalar.value) }
      ends.append(scalars.count)
    }
    alphabet = LexiconAlphabet(scalars, ends: ends)
    codes = scalars.map(alphabet.code)
    values = source.map(\.value)
    entries = []
    array = DoubleArray(characters: alphabet.count)
    sort(ends: ends)
    place()
  }

  /// Sorts the entries; keeps the first of those that are the same, and none that is empty.
  private mutating func sort(ends: [Int]) {
    entries.reserveCapacity(ends.count)
    var start = 0
    for (index, end) in ends.enumerated() where end > start {
      var key: UInt64 = 0
      for place in start..<(start + 3) {
        key = key << 21 | UInt64(place < end ? codes[place] : 0)
      }
      entries.append(Entry(key: key, index: index, codes: start..<end))
      start = end
    }
    codes.withUnsafeBufferPointer { codes in
      entries.sort { Self.precedes($0, $1, codes) }
      var kept = 0
      for entry in entries.indices {
        if kept > 0, Self.order(entries[kept - 1], entries[entry], codes) == 0 { continue }
        entries[kept] = entries[entry]
        kept += 1
      }
      entries.removeLast(entries.count - kept)
    }
  }

  private static func precedes(
    _ left: Entry, _ right: Entry, _ codes: UnsafeBufferPointer<UInt32>
  ) -> Bool {
    if left.key != right.key { return left.key < right.key }
    let order = order(left, right, codes)
    return order == 0 ? left.index < right.index : order < 0
  }

  /// Below 0, 0 or above 0, as `left` stands to `right`. Their keys are compared too.
  private static func order(
    _ left: Entry, _ right: Entry, _ codes: UnsafeBufferPointer<UInt32>
  ) -> Int {
    if left.key != right.key { return left.key < right.key ? -1 : 1 }
    let common = min(left.codes.count, right.codes.count)
    for place in 0..<common {
      let (a, b) = (codes[left.codes.lowerBound + place], codes[right.codes.lowerBound + place])
      if a != b { return a < b ? -1 : 1 }
    }
    return left.codes.count - right.codes.count
  }

  /// Places the states behind one character, then behind two, those with many successors first; then
  /// way by way, so that the states of a way lie together.
  private mutating func place() {
    var groups: [Group] = []
    split(Pending(state: 0, depth: 0, entries: entries.indices), into: &groups)
    var starters: [Pending] = []
    for group in groups {
      end(group, at: group.code, depth: 1)
      starters.append(Pending(state: group.code, depth: 1, entries: group.entries))
    }
    starters.sort { ($1.entries.count, $0.state) < ($0.entries.count, $1.state) }
    var pending: [Pending] = []
    for starter in starters {
      split(starter, into: &groups)
      for group in groups { pairs.append((starter.state, group.code)) }
      place(groups, behind: starter, &pending)
    }
    while let parent = pending.popLast() {
      split(parent, into: &groups)
      place(groups, behind: parent, &pending)
    }
  }

  private mutating func place(
    _ groups: [Group], behind parent: Pending, _ pending: inout [Pending]
  ) {
    guard !groups.isEmpty else { return }
    let base = array.place(groups.map(\.code), behind: parent.state)
    for group in groups {
      let state = base + group.code
      end(group, at: state, depth: parent.depth + 1)
      if group.entries.count > 1 || entries[group.entries.lowerBound].codes.count > parent.depth + 1
      {
        pending.append(Pending(state: state, depth: parent.depth + 1, entries: group.entries))
      }
    }
  }

  /// Notes the surface that ends at a state, if one does; it is the group's first.
  private mutating func end(_ group: Group, at state: UInt32, depth: Int) {
    let entry = entries[group.entries.lowerBound]
    if entry.codes.count == depth { array.end(at: state, value: values[entry.index]) }
  }

  private func split(_ parent: Pending, into groups: inout [Group]) {
    groups.removeAll(keepingCapacity: true)
    for index in parent.entries {
      let range = entries[index].codes
      guard range.count > parent.depth else { continue }
      let code = codes[range.lowerBound + parent.depth]
      if let last = groups.last, last.code == code {
        groups[groups.count - 1].entries = last.entries.lowerBound..<(index + 1)
      } else {
        groups.append(Group(code: code, entries: index..<(index + 1)))
      }
    }
  }

  /// The filter's words.
  private func filter() -> LexiconFilter.Builder {
    var filter = LexiconFilter.Builder(pairs: pairs.count + Int(alphabet.singles))
    for code in 0..<alphabet.singles { filter.add(alphabet.sequences[Int(code) + 1]) }
    for pair in pairs {
      filter.add(alphabet.sequences[Int(pair.first)], alphabet.sequences[Int(pair.second)])
    }
    return filter
  }

  func image() -> LexiconMemory {
    var header = LexiconHeader()
    header.surfaces = UInt32(entries.count)
    header.characters = UInt32(alphabet.count)
    header.singles = alphabet.singles
    header.indexEntries = UInt32(alphabet.index.count)
    header.pages = UInt32(alphabet.pages.count / LexiconTables.pageSize)
    let filter = filter()
    header.filterBits = filter.bits
    header.starts = filter.starts
    header.nodes = UInt32(array.nodes.count)
    return LexiconMemory(byteCount: header.imageByteCount) { image in
      func copy<Entry>(_ table: [Entry], to offset: Int) {
        table.withUnsafeBytes {
          UnsafeMutableRawBufferPointer(rebasing: image[offset...]).copyMemory(from: $0)
        }
      }
      copy(alphabet.index, to: header.indexOffset)
      copy(alphabet.pages, to: header.pagesOffset)
      copy(filter.words, to: header.filterOffset)
      copy(array.nodes, to: header.nodesOffset)
      copy(array.values, to: header.valuesOffset)
      header.write(to: image)
    }
  }
}
