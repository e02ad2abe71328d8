/// Names that somebody may have meant.
public enum NearestNames {
  /// The names closest to `name`, the closest first: at most `count`, and only those of which less than
  /// half would have to be written anew. Case does not count.
  public static func to(
    _ name: String, in names: some Sequence<String>, count: Int = 3
  ) -> [String] {
    let wanted = Array(name.lowercased().unicodeScalars.prefix(128))
    return names.compactMap { candidate -> (name: String, distance: Int)? in
      let distance = distance(wanted, Array(candidate.lowercased().unicodeScalars.prefix(128)))
      let length = max(wanted.count, candidate.unicodeScalars.count)
      return distance * 2 < length ? (candidate, distance) : nil
    }
    .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
    .prefix(count).map(\.name)
  }

  /// How many characters are to be changed, left out or added.
  private static func distance(_ one: [Unicode.Scalar], _ other: [Unicode.Scalar]) -> Int {
    var row = Array(0...other.count)
    for (index, scalar) in one.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in other.indices {
        let replaced = diagonal + (scalar == other[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
      }
    }
    return row[other.count]
  }
}
