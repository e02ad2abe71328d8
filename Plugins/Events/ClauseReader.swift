import DuikouText

/// Finds in a speech the clauses that say what shall be done.
///
/// From the first word such as 要, 将 or 希望 on, a clause that begins with a verb of action is one. What comes of it
/// (促进…) belongs to it, and so do the ways (借助…, 结合…) that stand before.
struct ClauseReader: Sendable {
  private enum Role: String, CaseIterable {
    case proposal, promise, plan, action, effect, way, reason
  }

  /// What shall be done.
  struct Action {
    var range: Range<Int>
    var kind: Int
  }

  private let lexicon: Lexicon

  /// Bytes of the shortest clause that stands for itself.
  private static let shortest = 18

  init(_ table: DataTable) {
    lexicon = Lexicon(
      table.rows.map { row in
        let role = Role.allCases.firstIndex { $0.rawValue == row[1] } ?? 0
        return (surface: row[0], value: UInt32(role))
      })
  }

  func actions(in speech: Speech, _ text: SourceText) -> [Action] {
    var actions: [Action] = []
    var kind = speech.kind
    for sentence in text.sentences(in: speech.range) {
      var way: Int?
      /// Whether the clause before is part of an action: what comes of it may follow.
      var isOpen = false
      for clause in text.clauses(in: sentence) {
        let roles = roles(of: clause, in: text)
        if let said = roles.modal { kind = said }
        if roles.all.contains(.reason) { continue }
        guard let current = kind else { continue }
        if roles.first == .effect, isOpen, roles.modal == nil {
          actions[actions.count - 1].range =
            actions[actions.count - 1].range.lowerBound..<clause.upperBound
        } else if roles.first == .way || clause.count < Self.shortest {
          way = way ?? clause.lowerBound
        } else if roles.first == .action || roles.modal != nil || way != nil && isOpen {
          actions.append(
            Action(range: (way ?? clause.lowerBound)..<clause.upperBound, kind: current))
          way = nil
          isOpen = true
        } else {
          way = nil
          isOpen = false
        }
      }
    }
    return actions
  }

  /// What a clause begins with, what kind its words make of it, and all roles in it.
  private func roles(
    of clause: Range<Int>, in text: SourceText
  ) -> (first: Role?, modal: Int?, all: Set<Role>) {
    let matches = lexicon.matches(in: text, range: clause)
    let found = matches.map { ($0, Role.allCases[Int($0.value)]) }
    let first = found.first.flatMap { $0.0.start == clause.lowerBound ? $0.1 : nil }
    let modal = found.lazy.compactMap { match, role -> Int? in
      // 要 in 重要 and 将 in 将军 are no words of their own.
      guard match.end - match.start > 3 || !Self.isInside(match, in: text) else { return nil }
      return CommitmentKind(rawValue: role.rawValue)?.value
    }.first
    return (first, modal, Set(found.map(\.1)))
  }

  private static func isInside(_ match: LexiconMatch, in text: SourceText) -> Bool {
    let before = [
      "重", "主", "需", "必", "不", "紧", "次", "首", "简", "纪", "摘", "即", "响", "反", "对", "相", "适", "意", "心",
      "宏", "情", "自",
    ]
    let behind = ["求", "素", "点", "闻", "件", "军", "来", "领", "用", "急"]
    return before.contains { text.has($0, before: match.start) }
      || behind.contains { text.has($0, at: match.end) }
  }
}
