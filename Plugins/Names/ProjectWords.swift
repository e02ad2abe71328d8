import DuikouText

/// The words of `words.tsv` by which projects are found.
struct ProjectWords: Sendable {
  /// What begins or ends a project.
  enum Trigger: UInt32, CaseIterable {
    case project, built, brought
  }

  /// All words with which a project begins or ends, with a `Trigger` each.
  let triggers: Lexicon
  let works, landed, ceremonies, amounts: Lexicon
  /// What ends a name in a list before 等15个项目, and what stands before the first.
  let facilities, leadings: Lexicon
  private let leads: Lexicon

  init(_ rows: [DataTable.Row]) {
    func entries(_ kind: String, _ value: UInt32 = 0) -> [(surface: String, value: UInt32)] {
      rows.filter { $0[1] == kind }.map { ($0[0], value) }
    }
    triggers = Lexicon(
      Trigger.allCases.flatMap { entries("\($0)", $0.rawValue) })
    works = Lexicon(entries("work"))
    facilities = Lexicon(entries("work") + entries("facility") + entries("project"))
    leadings = Lexicon(entries("lead") + entries("leading"))
    landed = Lexicon(entries("landed"))
    ceremonies = Lexicon(entries("ceremony"))
    amounts = Lexicon(entries("amount"))
    leads = Lexicon(entries("lead", 1) + entries("body"))
  }

  /// The offset behind the words at `offset` that do not belong to a name.
  func behindLeads(_ offset: Int, in text: SourceText, end: Int) -> Int {
    var at = offset
    while let lead = leads.longestMatch(in: text, at: at, end: end), lead.value == 1 {
      at = lead.end
    }
    return at
  }
}
