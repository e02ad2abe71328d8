import DuikouText

/// Finds in a speech the clauses that say what shall be done.
///
/// From the first word such as 要, 将 or 希望 on, a clause that begins with a verb of action is one. What comes of it
/// (促进…) belongs to it, and so do the ways (借助…, 结合…) that stand before.
struct ClauseReader: Sendable {
  private enum Role: String, CaseIterable {
    case proposal, promise, plan, action, effect, way, reason, lead
  }

  /// What shall be done.
  struct Action {
    var range: Range<Int>
    var kind: Int
  }

  private let lexicon: Lexicon

  /// 去年，全县建成民宿26家: whether a sentence tells of what is done already, or is the narrator's.
  private func isReport(_ sentence: Range<Int>, in text: SourceText) -> Bool {
    if text.width(ofAny: Self.reports, at: sentence.lowerBound) > 0 { return true }
    let head =
      sentence.lowerBound..<min(sentence.upperBound, sentence.lowerBound + Self.headOfReport)
    return text.firstOffset(of: "以来", in: head) != nil
  }

  private static let reports = [
    "去年", "前年", "近年来", "截至", "截止", "过去", "此前", "据了解", "据悉", "据介绍", "会前", "会后", "会议",
  ]
  /// In bytes.
  private static let headOfReport = 45

  /// A clause without the quotation mark with which what is said begins.
  private static func unquoted(_ clause: Range<Int>, _ text: SourceText) -> Range<Int> {
    guard text.has("“", at: clause.lowerBound), text.firstOffset(of: "”", in: clause) == nil else {
      return clause
    }
    return clause.lowerBound + "“".utf8.count..<clause.upperBound
  }

  /// With what the points of a list begin.
  private static let ordinals = ["一是", "第一,", "第一，", "首先"]

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
      let isReport = isReport(sentence, in: text)
      for clause in text.clauses(in: sentence).map({ Self.unquoted($0, text) }) {
        let isAsked = speech.isAsked && clause.lowerBound == speech.range.lowerBound
        let roles = roles(of: clause, in: text)
        if let said = roles.modal { kind = said }
        if roles.all.contains(.reason) { continue }
        if kind == nil, roles.first == .action,
          text.width(ofAny: Self.ordinals, at: clause.lowerBound) > 0
        {
          kind = speech.listed
        }
        guard let current = kind, roles.modal != nil || isAsked || !isReport else { continue }
        if roles.first == .effect, isOpen, roles.modal == nil {
          actions[actions.count - 1].range =
            actions[actions.count - 1].range.lowerBound..<clause.upperBound
        } else if roles.first == .way || clause.count < Self.shortest {
          way = way ?? clause.lowerBound
        } else if roles.first == .action || roles.modal != nil || isAsked || way != nil && isOpen {
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
    let leads = found.prefix { $0.1 == .lead }
    let start = leads.last?.0.end ?? clause.lowerBound
    var begun = found.dropFirst(leads.count).first.flatMap { $0.0.start == start ? $0.1 : nil }
    // 二是提升效益 comes of nothing before.
    if begun == .effect, !leads.isEmpty { begun = .action }
    let modal = found.lazy.compactMap { match, role -> Int? in
      // 要 in 重要 and 将 in 将军 are no words of their own.
      guard match.end - match.start > 3 || !Self.isInside(match, in: text) else { return nil }
      return CommitmentKind(rawValue: role.rawValue)?.value
    }.first
    // 举办了 is done.
    if begun == .action, modal == nil, let verb = found.dropFirst(leads.count).first?.0,
      text.has("了", at: verb.end)
    {
      begun = nil
    }
    let first = isWay(found, of: clause, in: text) ? .way : begun ?? laterAction(found, start, text)
    return (first, modal, Set(found.map(\.1)))
  }

  /// 要以签约为契机, 将围绕品牌: a way, whatever modal word stands before it.
  private func isWay(
    _ found: [(LexiconMatch, Role)], of clause: Range<Int>, in text: SourceText
  ) -> Bool {
    guard let modal = found.firstIndex(where: { [.proposal, .promise, .plan].contains($0.1) })
    else { return Self.isOccasion(clause, in: text) }
    let end = found[modal].0.end
    let isNext =
      modal + 1 < found.count && found[modal + 1].1 == .way && found[modal + 1].0.start == end
    return Self.isOccasion(clause, in: text)
      || isNext && !found[(modal + 2)...].contains { $0.1 == .action }
  }

  /// 以…为契机.
  private static func isOccasion(_ clause: Range<Int>, in text: SourceText) -> Bool {
    var end = clause.upperBound
    while end > clause.lowerBound, CharacterClass(text.scalar(before: end).value) != .han {
      end = text.scalarStart(before: end)
    }
    let word = occasions.first { text.has($0, before: end) }
    return word.map {
      text.firstOffset(of: "以", in: clause.lowerBound..<(end - $0.utf8.count)) != nil
    }
      ?? false
  }

  private static let occasions = [
    "为契机", "为抓手", "为目标", "为载体", "为重点", "为核心", "为主线", "为引领", "为导向", "为依托", "为牵引", "为基础", "为突破口",
    "为支撑", "为遵循", "为纽带", "为平台", "为桥梁",
  ]

  /// 在酒店管理等领域加强合作: the action behind where, with whom or what.
  private func laterAction(
    _ found: [(LexiconMatch, Role)], _ start: Int, _ text: SourceText
  ) -> Role? {
    guard text.width(ofAny: ["在", "与", "同", "对", "把"], at: start) > 0 else { return nil }
    return found.contains { $0.1 == .action } ? .action : nil
  }

  private static func isInside(_ match: LexiconMatch, in text: SourceText) -> Bool {
    let before = [
      "重", "主", "需", "必", "不", "紧", "次", "首", "简", "纪", "摘", "即", "响", "反", "对", "相", "适", "意", "心",
      "宏", "情", "自",
    ]
    let behind = ["求", "素", "点", "闻", "件", "军", "来", "领", "急"]
    return before.contains { text.has($0, before: match.start) }
      || behind.contains { text.has($0, at: match.end) } || text.has("应用", at: match.start)
  }
}
