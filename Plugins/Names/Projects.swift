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

  private let starts: Lexicon
  private let generic: GenericWords

  /// Endings of what may be a project by itself.
  private static let endings = Lexicon(["项目", "工程"].map { ($0, 0) })
  /// Endings of what is one where the text says that it is built.
  private static let works = Lexicon(
    [
      "馆", "园", "基地", "中心", "小镇", "车间", "工厂", "景区", "学校", "医院", "大棚", "示范区", "综合体", "驿站",
      "民宿", "营地", "直播间", "专柜", "大篷车",
    ].map { ($0, 0) })
  private static let built = [
    "建设的", "打造的", "援建的", "共建的", "建成的", "投资的", "联合建设的", "兴建的", "新建的", "修建的", "投建的",
  ]

  init(_ configuration: Configuration<NamesSettings>) {
    starts = Lexicon(
      DataTable(PackageResources.starts_tsv).rows.map { ($0[0], 0) }
        + ["举行", "实施", "签约", "启动", "推进", "开展", "确定", "涉及", "其中", "围绕"].map { ($0, 0) })
    generic = GenericWords(
      DataTable(PackageResources.generic_tsv).preceded(by: configuration.bytes(\.generic)))
  }

  func extract(_ document: Document) throws {
    try document.withNormalText { document in
      let surroundings = Surroundings(document, starts: starts)
      var seen: Set<String> = []
      // The rows of tables are a ledger's.
      for range in ranges(in: surroundings) where !surroundings.cells.overlaps(range) {
        guard seen.insert(document.text.string(range)).inserted else { continue }
        try append(range, surroundings)
      }
    }
  }

  private func ranges(in surroundings: Surroundings) -> [Range<Int>] {
    let document = surroundings.document
    var found: [Range<Int>] = []
    for part in document.parts {
      found += namedProjects(in: surroundings, part)
      found += works(in: document.text, part)
      found += landings(in: document.text, part)
    }
    return found.sorted { $0.lowerBound < $1.lowerBound }
  }

  /// 举行 + 京蒙蔬菜种植基地建设合作项目 + 签约仪式.
  private func namedProjects(
    in surroundings: Surroundings, _ part: Range<Int>
  ) -> [Range<Int>] {
    let text = surroundings.document.text
    return Self.endings.matches(in: text, range: part).compactMap { match in
      let from = surroundings.nameStart.start(of: match.start, notBefore: part.lowerBound)
      let isQuoted = text.has("“", before: from)
      let isCeremony =
        text.width(ofAny: ["签约仪式", "开工仪式", "启动仪式", "奠基仪式", "揭牌仪式"], at: match.end) > 0
      let own = from..<match.start
      let specific = generic.specificLength(of: own, in: text)
      guard own.count >= 12, !startsWithNumber(own, in: text), !hasCount(own, in: text),
        !surroundings.agencies.overlaps(own),
        isCeremony || specific >= (isQuoted ? 2 : 4)
      else { return nil }
      return from..<match.end
    }
  }

  /// 联合建设的 + 库伦旗特色文化美食密云体验馆.
  private func works(in text: SourceText, _ part: Range<Int>) -> [Range<Int>] {
    var found: [Range<Int>] = []
    for word in Self.built {
      var at = part.lowerBound
      while let next = text.firstOffset(of: word, in: at..<part.upperBound) {
        at = next + word.utf8.count
        let end = phraseEnd(from: at, in: text, part)
        guard let last = Self.works.matches(in: text, range: at..<end).last, last.end == end,
          last.start - at >= 9, generic.specificLength(of: at..<last.start, in: text) >= 2,
          !startsWithNumber(at..<end, in: text)
        else { continue }
        if !found.contains(at..<end) { found.append(at..<end) }
      }
    }
    return found
  }

  /// 推动 + 北京首开老字号美食大篷车 + 落地 + 阿尔山.
  private func landings(in text: SourceText, _ part: Range<Int>) -> [Range<Int>] {
    var found: [Range<Int>] = []
    for word in ["推动", "促成", "促进", "支持", "引进"] {
      var at = part.lowerBound
      while let next = text.firstOffset(of: word, in: at..<part.upperBound) {
        at = next + word.utf8.count
        let end = phraseEnd(from: at, in: text, part)
        guard
          let landing = ["落地", "落户"].compactMap({ text.firstOffset(of: $0, in: at..<end) }).min(),
          landing - at >= 15, landing - at <= 75,
          generic.specificLength(of: at..<landing, in: text) >= 4
        else { continue }
        found.append(at..<landing)
      }
    }
    return found
  }

  /// Whether it counts projects, 再签下26个扶贫合作, and so names none.
  private func hasCount(_ range: Range<Int>, in text: SourceText) -> Bool {
    var at = range.lowerBound
    while let next = text.firstOffset(of: "个", in: at..<range.upperBound) {
      if CharacterClass(text.scalar(before: next).value) == .digit { return true }
      at = next + 3
    }
    return false
  }

  private func startsWithNumber(_ range: Range<Int>, in text: SourceText) -> Bool {
    CharacterClass(text.scalar(at: range.lowerBound).value) == .digit
      || text.width(ofAny: ["多项", "一批", "两个", "三个", "各项", "首批"], at: range.lowerBound) > 0
  }

  private func phraseEnd(from start: Int, in text: SourceText, _ part: Range<Int>) -> Int {
    var at = start
    while at < part.upperBound {
      let scalar = text.scalar(at: at)
      guard [.han, .letter, .digit].contains(CharacterClass(scalar.value)) else { break }
      at += scalar.width
    }
    return at
  }

  private func append(_ range: Range<Int>, _ surroundings: Surroundings) throws {
    let document = surroundings.document
    let text = document.text
    var row = dk_project()
    row.name = try document.call.intern(document.text.string(range))
    let start = text.sentenceStart(of: range.lowerBound)
    let sentence = start..<sentenceEnd(from: range.upperBound, in: text)
    let places = surroundings.places.beginning(in: sentence)
    let place =
      places.first {
        $0.range.lowerBound >= range.upperBound && $0.range.lowerBound - range.upperBound <= 9
      }
      ?? places.last { range.contains($0.range.lowerBound) }
    if let place { row.place = place.entity }
    if let amount = amount(behind: range.upperBound, in: sentence, surroundings) {
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

  private func sentenceEnd(from offset: Int, in text: SourceText) -> Int {
    text.firstSentence(in: offset..<text.count)?.upperBound ?? text.count
  }

  /// The next amount of money behind a project in its sentence, in fen.
  private func amount(
    behind offset: Int, in sentence: Range<Int>, _ surroundings: Surroundings
  ) -> Int64? {
    let image = surroundings.document.call.image
    return surroundings.figures.beginning(in: offset..<offset + 46).first {
      $0.range.upperBound <= sentence.upperBound && image.string($0.row.unit) == "元"
    }?.row.number?.integer(scale: -2)
  }
}
