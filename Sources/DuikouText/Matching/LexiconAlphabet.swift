/// Numbers the characters of a lexicon's surfaces: those that are surfaces first, then those with which
/// surfaces begin, then the others; of each the frequent ones first.
struct LexiconAlphabet {
  /// How many characters there are. Their codes are 1 to this.
  private(set) var count = 0
  /// How many characters are surfaces.
  private(set) var singles: UInt32 = 0
  /// Where a page begins in `pages`.
  private(set) var index: [UInt32]
  /// Codes, 0 for a character of no surface.
  private(set) var pages: [UInt32]

  /// By code: the character's bytes, the first in the lowest byte.
  private(set) var sequences: [LexiconFilter.Sequence] = []

  private struct Letter {
    var scalar: UInt32
    var rank: Int
    var frequency = 0
    var code: UInt32 = 0
  }

  /// `ends` has where each surface ends in `scalars`.
  init(_ scalars: [UInt32], ends: [Int]) {
    let highest = LexiconTables.indexEntry(of: scalars.max() ?? 0)
    index = Array(
      repeating: 0, count: Int(max(highest + 1, LexiconTables.leastIndexEntries)))
    pages = Array(repeating: 0, count: LexiconTables.pageSize)
    var letters: [Letter] = []
    var start = 0
    for end in ends {
      for place in start..<end {
        let slot = slot(of: scalars[place])
        if pages[slot] == 0 {
          letters.append(Letter(scalar: scalars[place], rank: 2))
          pages[slot] = UInt32(letters.count)
        }
        let letter = Int(pages[slot]) - 1
        letters[letter].frequency += 1
        if place == start {
          letters[letter].rank = min(letters[letter].rank, end == start + 1 ? 0 : 1)
        }
      }
      start = end
    }
    count = letters.count
    singles = UInt32(letters.count { $0.rank == 0 })
    let order = letters.indices.sorted {
      (letters[$0].rank, letters[$1].frequency, $0) < (letters[$1].rank, letters[$0].frequency, $1)
    }
    for (place, letter) in order.enumerated() { letters[letter].code = UInt32(place + 1) }
    sequences = [.init()] + order.map { LexiconFilter.Sequence(letters[$0].scalar) }
    for slot in pages.indices where pages[slot] != 0 {
      pages[slot] = letters[Int(pages[slot]) - 1].code
    }
  }

  /// The code of a scalar that occurs in a surface.
  func code(of scalar: UInt32) -> UInt32 {
    pages[Int(index[Int(LexiconTables.indexEntry(of: scalar))] + scalar & 63)]
  }

  /// Where a scalar's code lies; makes the page where there is none.
  private mutating func slot(of scalar: UInt32) -> Int {
    let entry = Int(LexiconTables.indexEntry(of: scalar))
    if index[entry] == 0 {
      index[entry] = UInt32(pages.count)
      pages += repeatElement(0, count: LexiconTables.pageSize)
    }
    return Int(index[entry] + scalar & 63)
  }
}
