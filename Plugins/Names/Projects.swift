import DuikouPlugin
import DuikouReading
import DuikouText

/// Finds projects that have a name: a `duikou.project` for each, with the place and the amount that stand beside it.
struct Projects: Extractor, ConfiguredMethod {
  static let summary = "Finds projects that have a name, with places and amounts."
  static let uses: [Use] = [
    .readsIfPresent(dk_place.self), .readsIfPresent(dk_agency.self),
    .readsIfPresent(dk_figure.self), .readsIfPresent(dk_piece.self),
    .readsIfPresent(dk_segment.self),
    .readsIfPresent(dk_mention.self), .writes(dk_project.self),
  ]

  private let words: ProjectWords
  private let generic: GenericWords

  /// Bytes between a project and the place where it is, and between it and what it costs.
  private static let placeDistance = 9
  private static let amountDistance = 45
  /// Bytes before a project in which an amount stands that it costs.
  private static let amountBefore = 60

  init(_ configuration: Configuration<NamesSettings>) throws {
    words = ProjectWords(
      try configuration.table(\.words, before: PackageResources.words_tsv, kinds: 1).rows)
    generic = GenericWords(
      try configuration.table(\.generic, before: PackageResources.generic_tsv))
  }

  func extract(_ document: Document) throws {
    try document.withNormalText { document in
      let text = document.text
      let parts = document.parts.map { ($0, words.triggers.matches(in: text, range: $0)) }
        .filter { !$0.1.isEmpty }
      guard !parts.isEmpty else { return }
      let surroundings = Surroundings(document, starts: .nameStarts)
      let finder = ProjectFinder(words: words, generic: generic, surroundings: surroundings)
      // The rows of tables are a ledger's.
      let ranges = parts.flatMap { finder.projects($0.1, in: $0.0) }
        .filter { !surroundings.cells.overlaps($0) }
        .sorted { $0.lowerBound < $1.lowerBound }
      var seen: Set<String> = []
      for (index, range) in ranges.enumerated() {
        let name = text.string(range)
        guard seen.insert(name).inserted else { continue }
        let sentence = surroundings.sentence(around: range)
        let start = index > 0 ? ranges[index - 1].upperBound : 0
        let end = index + 1 < ranges.count ? ranges[index + 1].lowerBound : text.count
        // What stands beside another project is the other one's.
        let own =
          min(
            max(start, sentence.lowerBound), range.lowerBound)..<max(
            min(end, sentence.upperBound), range.upperBound)
        try append(range, name, own, surroundings)
      }
    }
  }

  private func append(
    _ range: Range<Int>, _ name: String, _ own: Range<Int>, _ surroundings: Surroundings
  ) throws {
    let document = surroundings.document
    let text = document.text
    var row = dk_project()
    row.name = try document.call.intern(name)
    if let place = place(of: range, in: own, surroundings) { row.place = place.entity }
    if let amount = amount(of: range, in: own, surroundings)?.number?.integer(scale: -2) {
      row.amount = amount
      row.state(4)
    }
    let isDone = text.width(ofAny: ["建成", "竣工", "投用", "投产"], at: range.upperBound) > 0
    let isSigned = text.width(ofAny: ["签约"], at: range.upperBound) > 0
    if isDone || isSigned {
      row.status = UInt32(isDone ? DK_DONE : DK_PLANNED)
      row.state(5)
    }
    try document.append(row, at: range, confidence: 0.8)
  }

  /// The place right behind a project, as in 大篷车落地阿尔山, or else the last that its name holds.
  private func place(
    of range: Range<Int>, in own: Range<Int>, _ surroundings: Surroundings
  ) -> EntityMention? {
    let end = min(own.upperBound, range.upperBound + Self.placeDistance + 1)
    let behind = surroundings.places.beginning(in: range.upperBound..<end).first
    if let behind, !surroundings.isParted(range.upperBound..<behind.range.lowerBound) {
      return behind
    }
    return surroundings.places.beginning(in: range).last
  }

  /// The amount before a project, as in 投资1.2亿元的…项目, or else the next behind it.
  private func amount(
    of range: Range<Int>, in own: Range<Int>, _ surroundings: Surroundings
  ) -> dk_figure? {
    let start = max(own.lowerBound, range.lowerBound - Self.amountBefore)
    if let before = surroundings.money.beginning(in: start..<range.lowerBound).last,
      before.range.upperBound <= range.lowerBound,
      !surroundings.isParted(before.range.upperBound..<range.lowerBound)
    {
      return before.row
    }
    // What 翰嘎利湖度假区等15个项目 cost is all of them's.
    if surroundings.document.text.has("等", at: range.upperBound) { return nil }
    let end = min(own.upperBound, range.upperBound + Self.amountDistance + 1)
    guard let behind = surroundings.money.beginning(in: range.upperBound..<end).first,
      behind.range.upperBound <= own.upperBound,
      isCost(behind.range, behind: range.upperBound, surroundings.document.text)
    else { return nil }
    return behind.row
  }

  /// Whether an amount behind a project is what it costs: in the same clause, or in one that says so and of no other
  /// project, as 投资3亿元的 does.
  private func isCost(_ amount: Range<Int>, behind start: Int, _ text: SourceText) -> Bool {
    var clause: Int?
    var at = start
    while at < amount.lowerBound {
      let scalar = text.scalar(at: at)
      at += max(scalar.width, 1)
      switch CharacterClass(scalar.value) {
      case .listMark: return false
      case .clauseEnd: clause = at
      default: break
      }
    }
    guard let clause else { return true }
    return words.amounts.longestMatch(in: text, at: clause) != nil
      && !text.has("的", at: amount.upperBound)
  }
}
