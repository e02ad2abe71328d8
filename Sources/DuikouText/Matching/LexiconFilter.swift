/// Says at which characters of a text no surface begins: a set of bits for pairs of characters with which
/// surfaces begin, looked up by the pair's bytes, before anything is decoded.
///
/// A pair is in the set if both its characters take three bytes, as nearly all of Chinese does. For all
/// other beginnings, and for surfaces of one character, the first character alone is in the set.
struct LexiconFilter {
  let words: UnsafePointer<UInt64>
  let starts: Starts
  /// 64 less the number of bits of a place in the set.
  private let shift: UInt64

  /// Which characters must be looked up alone.
  struct Starts: OptionSet {
    let rawValue: UInt32

    /// Characters of three bytes.
    static let wide = Starts(rawValue: 1)
    /// Characters of one, two and four bytes.
    static let narrow = Starts(rawValue: 2)
    static let all: Starts = [.wide, .narrow]
  }

  init(words: UnsafePointer<UInt64>, bits: UInt32, starts: Starts) {
    self.words = words
    self.starts = starts
    shift = UInt64(64 - bits)
  }

  /// 1 if the set has the pair of three bytes each with which eight bytes begin, or maybe has it; else 0.
  @inline(__always)
  func pair(_ bytes: UInt64) -> Int { bit(bytes &<< 16) }

  /// The same for the character of `width` bytes with which eight bytes begin.
  @inline(__always)
  func single(_ bytes: UInt64, width: Int) -> Int {
    bit(bytes &<< UInt64(truncatingIfNeeded: 64 &- 8 &* width))
  }

  @inline(__always)
  private func bit(_ key: UInt64) -> Int {
    let place = Self.place(key, shift: shift)
    return Int(truncatingIfNeeded: words[Int(truncatingIfNeeded: place >> 6)] &>> (place & 63) & 1)
  }

  @inline(__always)
  fileprivate static func place(_ key: UInt64, shift: UInt64) -> UInt64 {
    (key &* 0x9e37_79b9_7f4a_7c15) &>> shift
  }
}

extension LexiconFilter {
  /// A character's bytes in UTF-8, the first in the lowest byte.
  struct Sequence {
    var bytes: UInt64 = 0
    var width = 0

    init() {}

    init(_ scalar: UInt32) {
      guard let scalar = Unicode.Scalar(scalar) else { return }
      for byte in UTF8.encode(scalar)! {
        bytes |= UInt64(byte) << UInt64(8 * width)
        width += 1
      }
    }
  }

  /// A filter while it is built.
  struct Builder {
    /// The number of bits of a place in the set.
    let bits: UInt32
    private(set) var words: [UInt64]
    private(set) var starts: Starts = []

    /// Takes 64 bits and more for each pair, so that few others pass; above 128 KiB, which a core's caches
    /// may not hold, 16.
    init(pairs: Int) {
      var bits: UInt32 = 10
      while bits < 30, 1 << Int(bits) < pairs * (bits < 20 ? 64 : 16) { bits += 1 }
      self.bits = bits
      words = Array(repeating: 0, count: 1 << Int(bits - 6))
    }

    mutating func add(_ first: Sequence, _ second: Sequence) {
      guard first.width == 3, second.width == 3 else { return add(first) }
      set((first.bytes | second.bytes << 24) << 16)
    }

    mutating func add(_ character: Sequence) {
      starts.insert(character.width == 3 ? .wide : .narrow)
      set(character.bytes << UInt64(64 - 8 * character.width))
    }

    private mutating func set(_ key: UInt64) {
      let place = LexiconFilter.place(key, shift: UInt64(64 - bits))
      words[Int(place >> 6)] |= 1 << (place & 63)
    }
  }
}
