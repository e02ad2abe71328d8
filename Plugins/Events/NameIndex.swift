/// Finds among names with one ending those of which another is the end, or that are the end of another.
struct NameIndex {
  /// The index of the name that came last.
  private(set) var last: Int?
  private var names: [ArraySlice<UInt8>: Int] = [:]
  /// By the ends of names, the name that came last.
  private var ends: [ArraySlice<UInt8>: Int] = [:]

  /// The index of the last name that ends with `name`, or with which `name` ends. Ends have `shortest` bytes at least.
  func index(of name: String, endsFrom shortest: Int) -> Int? {
    let bytes = Array(name.utf8)[...]
    let longer = ends[bytes]
    let shorter = bytes.ends(from: shortest).compactMap { names[$0] }.max()
    guard let longer, let shorter else { return longer ?? shorter }
    return max(longer, shorter)
  }

  /// Adds a name, or a longer one `insteadOf` one of the same index.
  mutating func insert(
    _ name: String, _ index: Int, endsFrom shortest: Int, insteadOf old: String? = nil
  ) {
    let bytes = Array(name.utf8)[...]
    if let old { names[Array(old.utf8)[...]] = nil }
    names[bytes] = index
    for end in bytes.ends(from: shortest) { ends[end] = max(ends[end] ?? 0, index) }
    last = max(last ?? 0, index)
  }
}

extension ArraySlice<UInt8> {
  /// All that it ends with, of `shortest` bytes at least and of whole characters.
  fileprivate func ends(from shortest: Int) -> [ArraySlice<UInt8>] {
    guard count >= shortest else { return [] }
    return (startIndex...(endIndex - shortest)).filter { self[$0] & 0xc0 != 0x80 }.map {
      self[$0...]
    }
  }
}
