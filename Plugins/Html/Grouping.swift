import DuikouPlugin

/// Indices of rows by the group that they belong to, within a group in the order of the rows.
struct Grouping {
  private let starts: [Int]
  private let members: [Int]

  /// `keys` has the group of each row, or nil; rows of groups beyond `count` belong to none.
  init(count: Int, keys: [Int?]) {
    var starts = Array(repeating: 0, count: count + 1)
    for case let key? in keys where key < count { starts[key + 1] += 1 }
    for group in 0..<count { starts[group + 1] += starts[group] }
    var next = starts
    var members = Array(repeating: 0, count: starts[count])
    for (index, key) in keys.enumerated() {
      guard let key, key < count else { continue }
      members[next[key]] = index
      next[key] += 1
    }
    self.starts = starts
    self.members = members
  }

  /// Rows by the row of a type that they name, of which there are `count`.
  init(of references: [dk_ref], naming type: UInt32, count: Int) {
    self.init(
      count: count,
      keys: references.map { $0.type == type && $0.row > 0 ? Int($0.row) - 1 : nil })
  }

  /// The rows of a group.
  subscript(group: Int) -> ArraySlice<Int> {
    guard group >= 0, group + 1 < starts.count else { return [] }
    return members[starts[group]..<starts[group + 1]]
  }
}
