/// A double array while it is built.
///
/// The cells 0 to the number of characters are the root and the states behind one character; no
/// other state lies there. Behind the last cell in use lie as many free ones as there are characters, so that every
/// base plus every code is a cell.
struct DoubleArray {
  private(set) var nodes: [LexiconNode]
  private(set) var values: [UInt32]

  private let characters: Int
  /// Cells in use, and as many free ones behind them as there are characters.
  private var used: Int
  /// By cell, a bit: whether it is free. Has a word more than there are cells.
  private var free: [UInt64]
  /// No cell below is free.
  private var firstFree: Int

  /// How many times 64 bases are tried before the successors go behind all others: what keeps the
  /// building of large lexicons from becoming quadratic.
  private static let patience = 64
  /// So few successors nearly always find a place between others.
  private static let few = 2
  private static let cellsOfLine = 8

  init(characters: Int) {
    self.characters = characters
    used = characters + 1
    firstFree = used
    nodes = []
    values = []
    free = []
    grow()
    for cell in 0..<used { take(cell) }
  }

  /// Finds a base for the successors of a state and marks their cells. `codes` ascend.
  mutating func place(_ codes: [UInt32], behind state: UInt32) -> UInt32 {
    let base = freeBase(codes, behind: state)
    nodes[Int(state)].word = nodes[Int(state)].word & ~LexiconNode.baseMask | UInt32(base)
    used = max(used, base + Int(codes[codes.count - 1]) + 1)
    grow()
    for code in codes {
      let cell = base + Int(code)
      take(cell)
      nodes[cell].check = state
    }
    while free[firstFree >> 6] >> UInt64(firstFree & 63) & 1 == 0 { firstFree += 1 }
    return UInt32(base)
  }

  /// Notes that a surface ends at a state.
  mutating func end(at state: UInt32, value: UInt32) {
    nodes[Int(state)].word |= ~LexiconNode.baseMask
    values[Int(state)] = value
  }

  /// A single successor lies as near to its state as it can, since ways are mostly walked to their end. Many
  /// successors are looked for where the array is not yet full.
  private func freeBase(_ codes: [UInt32], behind state: UInt32) -> Int {
    let first = Int(codes[0])
    if codes.count == 1 {
      let line = Int(state) & -Self.cellsOfLine
      let near = window(line)
      if near != 0, line >= first { return line + near.trailingZeroBitCount - first }
    }
    let reach = Self.patience * 64
    let start = codes.count <= Self.few ? firstFree : max(firstFree, used - reach)
    var base = max(start - first, 0)
    for _ in 0..<Self.patience where base + first < used {
      var fitting = UInt64.max
      for code in codes {
        fitting &= window(base + Int(code))
        if fitting == 0 { break }
      }
      if fitting != 0 { return base + fitting.trailingZeroBitCount }
      base += 64
    }
    return max(used - first, 0)
  }

  /// Which of the 64 cells from `cell` on are free, the first in the lowest bit.
  private func window(_ cell: Int) -> UInt64 {
    let (word, shift) = (cell >> 6, UInt64(cell & 63))
    guard word + 1 < free.count else {
      return word < free.count ? free[word] >> shift | ~(.max >> shift) : .max
    }
    return shift == 0 ? free[word] : free[word] >> shift | free[word + 1] << (64 - shift)
  }

  private mutating func take(_ cell: Int) {
    free[cell >> 6] &= ~(1 << UInt64(cell & 63))
  }

  private mutating func grow() {
    let count = used + characters
    guard nodes.count < count else { return }
    nodes += repeatElement(LexiconNode(), count: count - nodes.count)
    values += repeatElement(0, count: count - values.count)
    let words = count >> 6 + 2
    free += repeatElement(.max, count: max(words - free.count, 0))
  }
}
