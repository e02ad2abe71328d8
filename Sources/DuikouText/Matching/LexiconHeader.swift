/// The first bytes of a lexicon's image: how much there is of everything. Where the tables begin
/// follows from that. All numbers are little-endian.
struct LexiconHeader {
  static let magic: UInt64 = 0x4e4f_4349_5845_4c44  // "DLEXICON"
  static let version: UInt32 = 1
  static let byteCount = 64
  /// Tables begin at multiples of this.
  static let alignment = 64

  /// Surfaces.
  var surfaces: UInt32 = 0
  /// Characters that occur in surfaces; their codes are 1 to this.
  var characters: UInt32 = 0
  /// Characters that are surfaces; they have the lowest codes.
  var singles: UInt32 = 0
  /// Entries of the index of pages.
  var indexEntries = LexiconTables.leastIndexEntries
  /// Pages of codes.
  var pages: UInt32 = 1
  /// The filter's size in bits, as a power of two.
  var filterBits: UInt32 = 6
  /// Cells of the double array.
  var nodes: UInt32 = 1
  /// What the filter says of single characters.
  var starts: LexiconFilter.Starts = []

  var indexOffset: Int { Self.byteCount }
  var pagesOffset: Int { Self.aligned(indexOffset + Int(indexEntries) * 4) }
  var filterOffset: Int { Self.aligned(pagesOffset + Int(pages) * LexiconTables.pageSize * 4) }
  var nodesOffset: Int { Self.aligned(filterOffset + (1 << Int(filterBits)) / 8) }
  var valuesOffset: Int { Self.aligned(nodesOffset + Int(nodes) * 8) }
  /// The bytes of the whole image.
  var imageByteCount: Int { Self.aligned(valuesOffset + Int(nodes) * 4) }

  private static func aligned(_ offset: Int) -> Int { (offset + alignment - 1) & -alignment }
}

extension LexiconHeader {
  /// Reads the header of an image that was just built.
  init(trusted bytes: UnsafeRawBufferPointer) {
    func number(_ offset: Int) -> UInt32 { bytes.load(fromByteOffset: offset, as: UInt32.self) }
    surfaces = number(12)
    characters = number(32)
    singles = number(36)
    indexEntries = number(40)
    pages = number(44)
    filterBits = number(48)
    nodes = number(52)
    starts = LexiconFilter.Starts(rawValue: number(56))
  }

  /// Reads and checks the header of an image that comes from outside.
  init(validating bytes: UnsafeRawBufferPointer) throws(LexiconError) {
    guard Int(bitPattern: bytes.baseAddress) % 8 == 0 else { throw .misaligned }
    guard bytes.count >= Self.byteCount, bytes.load(as: UInt64.self) == Self.magic else {
      throw .notALexicon
    }
    let version = bytes.load(fromByteOffset: 8, as: UInt32.self)
    guard version == Self.version else { throw .unknownVersion(version) }
    self.init(trusted: bytes)
    guard LexiconTables.indexEntries.contains(indexEntries), pages > 0, pages <= indexEntries + 1,
      (6...32).contains(filterBits), singles <= characters, characters < nodes,
      nodes <= LexiconNode.baseMask, LexiconFilter.Starts.all.isSuperset(of: starts),
      bytes.load(fromByteOffset: 60, as: UInt32.self) == 0
    else { throw .damaged(part: "header") }
    guard bytes.count == imageByteCount,
      bytes.load(fromByteOffset: 16, as: UInt64.self) == UInt64(imageByteCount)
    else { throw .wrongSize(expected: imageByteCount, actual: bytes.count) }
    let checksum = Self.checksum(self, UnsafeRawBufferPointer(rebasing: bytes[Self.byteCount...]))
    guard bytes.load(fromByteOffset: 24, as: UInt64.self) == checksum else {
      throw .damaged(part: "checksum")
    }
  }

  /// Writes the header before the tables, which must be complete.
  func write(to bytes: UnsafeMutableRawBufferPointer) {
    let tables = UnsafeRawBufferPointer(rebasing: bytes[Self.byteCount...])
    bytes.storeBytes(of: Self.magic, as: UInt64.self)
    bytes.storeBytes(of: Self.version, toByteOffset: 8, as: UInt32.self)
    bytes.storeBytes(of: surfaces, toByteOffset: 12, as: UInt32.self)
    bytes.storeBytes(of: UInt64(imageByteCount), toByteOffset: 16, as: UInt64.self)
    bytes.storeBytes(of: Self.checksum(self, tables), toByteOffset: 24, as: UInt64.self)
    let numbers = [characters, singles, indexEntries, pages, filterBits, nodes, starts.rawValue]
    for (place, number) in numbers.enumerated() {
      bytes.storeBytes(of: number, toByteOffset: 32 + 4 * place, as: UInt32.self)
    }
  }

  /// A sum over the header's numbers and the tables that finds damage by accident.
  private static func checksum(_ header: LexiconHeader, _ tables: UnsafeRawBufferPointer) -> UInt64
  {
    var sum: UInt64 = 0x6a09_e667_f3bc_c908
    func add(_ word: UInt64) {
      sum = (sum ^ word) &* 0x9e37_79b9_7f4a_7c15
      sum ^= sum >> 32
    }
    add(UInt64(header.surfaces) << 32 | UInt64(header.singles))
    add(UInt64(header.starts.rawValue))
    add(UInt64(header.characters) << 32 | UInt64(header.nodes))
    for offset in stride(from: 0, to: tables.count, by: 8) {
      add(tables.load(fromByteOffset: offset, as: UInt64.self))
    }
    return sum
  }
}
