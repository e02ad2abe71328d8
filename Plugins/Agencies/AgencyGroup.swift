import DuikouText

/// A group of agencies that has no name of its own: 有关区县旅游部门.
struct AgencyGroup: Sendable {
  /// Bytes of the text in normal form.
  let range: Range<Int>
  /// GB/T 2260 of the division in front; 0 for none.
  let division: UInt32
}

/// Finds groups: at least three words in a row, of which one says which agencies are meant and the last that they
/// are some.
struct AgencyGroupFinder: Sendable {
  private enum Role: String, CaseIterable {
    case head, area, which, about
  }

  private let lexicon: Lexicon

  init(_ table: DataTable) {
    lexicon = Lexicon(
      table.rows.map { row in
        let role = Role.allCases.firstIndex { $0.rawValue == row[1] } ?? 0
        return (surface: row[0], value: UInt32(role))
      })
  }

  /// Divisions and agencies that a group's name may begin with, by where they begin.
  private typealias Owners = [Int: (end: Int, division: UInt32)]

  /// The groups of parts of a text, each name once.
  func groups(
    in text: SourceText, parts: [Range<Int>], anchors: [Anchor], agencies: [AgencyMention]
  ) -> [AgencyGroup] {
    var owners: Owners = [:]
    for anchor in anchors {
      owners[anchor.range.lowerBound] = (anchor.range.upperBound, anchor.division.code)
    }
    for agency in agencies {
      owners[agency.range.lowerBound] = (agency.range.upperBound, agency.division.code)
    }
    let starts = owners.keys.sorted()
    var seen: Set<String> = []
    return parts.flatMap { groups(in: text, part: $0, owners, starts) }.filter {
      seen.insert(text.string($0.range)).inserted
    }
  }

  /// `starts` are those of the owners, in order.
  private func groups(
    in text: SourceText, part: Range<Int>, _ owners: Owners, _ starts: [Int]
  ) -> [AgencyGroup] {
    var found: [AgencyGroup] = []
    var at = part.lowerBound
    var next = starts.partitioningIndex { $0 >= at }
    func read(_ start: Int) {
      guard start >= at else { return }
      if let group = group(in: text, at: start, end: part.upperBound, owners) {
        found.append(group)
        at = group.range.upperBound
      } else if let owner = owners[start] {
        at = owner.end
      }
    }
    func readOwners(before end: Int) {
      while next < starts.count, starts[next] < end {
        read(starts[next])
        next += 1
      }
    }
    lexicon.forEachMatch(in: text, range: part, mode: .all) { match in
      readOwners(before: match.start)
      read(match.start)
    }
    readOwners(before: part.upperBound)
    return found
  }

  private func group(
    in text: SourceText, at start: Int, end: Int, _ owners: Owners
  ) -> AgencyGroup? {
    var at = start
    var words = 0
    var isSpecific = false
    var last: Role?
    var groupEnd: Int?
    let owner = owners[start]
    if let owner {
      at = owner.end
      words = 1
      isSpecific = true
    }
    while let match = lexicon.longestMatch(in: text, at: at, end: end) {
      let role = Role.allCases[Int(match.value)]
      words += 1
      at = match.end
      switch role {
      case .head where isSpecific && words >= 3: groupEnd = at
      // 区县 in 区县旅游部门 says which, and ends nothing.
      case .area:
        if last == .which, words >= 3 { groupEnd = at }
        isSpecific = true
      case .which: isSpecific = true
      case .head, .about: break
      }
      last = role
    }
    return groupEnd.map { AgencyGroup(range: start..<$0, division: owner?.division ?? 0) }
  }
}
