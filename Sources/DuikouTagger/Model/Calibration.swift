/// What margins are worth: the share of names with such a margin that were right in a text which the
/// training has not seen.
public struct Calibration: Equatable, Sendable {
  /// From a margin on, a share.
  public struct Step: Equatable, Sendable {
    /// In the model's units.
    let margin: UInt16
    /// Parts per million, at most 1000000.
    let share: UInt32
  }

  /// How many steps there may be.
  static let mostSteps = 16

  /// Margins and shares rise.
  let steps: [Step]

  init(steps: [Step]) { self.steps = steps }

  /// Finds the steps from names that were found, with their margins and whether they were right. Without
  /// names nothing is known, and every margin is worth 0.
  ///
  /// Neighbours are put together until shares rise. One right and one wrong name are added to each step:
  /// few names prove little.
  init(_ names: [(margin: Int, isRight: Bool)]) {
    struct Group {
      var margin: Int
      var right: Int
      var count: Int
      var share: Double { Double(right + 1) / Double(count + 2) }
    }
    let sorted = names.sorted { $0.margin < $1.margin }
    let size = max(1, (sorted.count + Self.mostSteps - 1) / Self.mostSteps)
    var groups: [Group] = []
    var start = 0
    while start < sorted.count {
      var end = min(start + size, sorted.count)
      while end < sorted.count, sorted[end].margin == sorted[start].margin { end += 1 }
      let part = sorted[start..<end]
      groups.append(
        Group(
          margin: sorted[start].margin, right: part.count { $0.isRight }, count: part.count))
      start = end
      while groups.count > 1, groups[groups.count - 2].share >= groups[groups.count - 1].share {
        let last = groups.removeLast()
        groups[groups.count - 1].right += last.right
        groups[groups.count - 1].count += last.count
      }
    }
    steps = groups.enumerated().map { index, group in
      Step(
        margin: index == 0 ? 0 : UInt16(clamping: group.margin),
        share: UInt32((group.share * 1_000_000).rounded()))
    }
  }

  /// What a margin is worth, from 0 to 1.
  func share(at margin: Int) -> Double {
    let step = steps.last { Int($0.margin) <= margin }
    return step.map { Double($0.share) / 1_000_000 } ?? 0
  }
}
