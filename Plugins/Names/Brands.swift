import DuikouPlugin
import DuikouReading
import DuikouText

/// Finds routes, brands and slogans: a `duikou.brand` for each, and a `duikou.stop` for each place that a route's name
/// holds, in order.
struct Brands: Extractor, ConfiguredMethod {
  static let summary = "Finds routes for visitors, brands and slogans."
  static let uses: [Use] = [
    .readsIfPresent(dk_place.self), .readsIfPresent(dk_segment.self),
    .readsIfPresent(dk_mention.self), .readsIfPresent(dk_person.self),
    .readsIfPresent(dk_agency.self), .readsIfPresent(dk_commitment.self), .writes(dk_brand.self),
    .writes(dk_stop.self),
  ]

  private let routes: Lexicon
  private let labels: Lexicon
  /// What goes over a route: 旅游专列.
  private let carriers: Lexicon
  /// What may stand between the course of a route and 线路.
  private let kinds: Lexicon
  /// With what the names of scenic spots end.
  private let spots: Lexicon
  /// Words around those who speak of brands.
  private let speaking: BrandSpeakers.Words

  /// Bytes of the longest name in the document's own characters; of the longest division's name.
  private static let longestName = 600
  private static let longestPlace = 120
  /// Bytes before a label in which its owner is looked for.
  private static let farthest = 600

  init(_ configuration: Configuration<NamesSettings>) throws {
    let words = try configuration.table(\.words, before: PackageResources.words_tsv, kinds: 1).rows
    func lexicon(_ kind: String) -> Lexicon {
      Lexicon(words.filter { $0[1] == kind }.map { ($0[0], 0) })
    }
    (routes, labels) = (lexicon("route"), lexicon("label"))
    spots = lexicon("spot")
    kinds = lexicon("kind")
    carriers = lexicon("carrier")
    speaking = .init(
      verbs: lexicon("speaker"), between: lexicon("between"), bars: lexicon("bar"))
  }

  func extract(_ document: Document) throws {
    try document.withNormalText { document in
      let places = document.mentions().filter { $0.isA(dk_place.self) }
      var seen: Set<String> = []
      let speakers = BrandSpeakers(document, words: speaking)
      for part in document.parts {
        let quotations = Quotation.all(in: document.text, part: part)
        for (quotation, list) in zip(quotations, lists(of: quotations, in: document.text)) {
          guard let kind = kind(of: quotation, in: list, document.text, places),
            seen.insert(document.text.string(quotation.range)).inserted
          else { continue }
          try append(
            quotation, kind, by: speakers.speaker(of: quotation.whole), places, to: document)
        }
        for route in WrittenRoutes(document, places: places, kinds: kinds).routes(in: part)
        where seen.insert(document.text.string(route.name)).inserted {
          try append(route, by: speakers.speaker(of: route.name), places, to: document)
        }
      }
    }
  }

  /// What quoted words are, by what stands around their list; nil where they are no name.
  private func kind(
    of quotation: Quotation, in list: Range<Int>, _ text: SourceText, _ places: [EntityMention]
  ) -> Int? {
    if isSlogan(quotation.range, in: text) { return Int(DK_SLOGAN) }
    let last = list.upperBound
    let behind = last + text.width(ofAny: ["等", "这一", "这条", "系列"], at: last)
    if followed(by: routes, at: behind, in: text) || isRoute(quotation.range, in: text) {
      return Int(DK_ROUTE)
    }
    if isCourse(quotation.range, in: text), followed(by: carriers, at: behind, in: text) {
      return Int(DK_ROUTE)
    }
    if followed(by: labels, at: behind, in: text) { return Int(DK_LABEL) }
    return isKnownAs(list.lowerBound, in: text, places) ? Int(DK_LABEL) : nil
  }

  /// The list of each quotation, such as “X”、“Y”; what stands behind it, 等线路, holds for each.
  private func lists(of quotations: [Quotation], in text: SourceText) -> [Range<Int>] {
    var starts: [Int] = []
    for (index, quotation) in quotations.enumerated() {
      let start = quotation.whole.lowerBound
      let isNext =
        index > 0
        && text.listSeparator(before: start).map {
          start - $0.width == quotations[index - 1].whole.upperBound
        } == true
      starts.append(isNext ? starts[index - 1] : start)
    }
    var lists: [Range<Int>] = []
    for (index, quotation) in quotations.enumerated().reversed() {
      let end = quotation.whole.upperBound
      // Quotations of a list may touch.
      let width = text.listSeparator(at: end)?.width ?? 0
      let isLast =
        index + 1 == quotations.count || end + width != quotations[index + 1].whole.lowerBound
      lists.append(starts[index]..<(isLast ? end : lists.last?.upperBound ?? end))
    }
    return lists.reversed()
  }

  /// Whether a word of a lexicon stands at an offset, a few characters such as 精品 aside.
  private func followed(by words: Lexicon, at offset: Int, in text: SourceText) -> Bool {
    var at = offset
    for _ in 0..<7 {
      if words.longestMatch(in: text, at: at) != nil { return true }
      let scalar = text.scalar(at: at)
      guard [.han, .digit].contains(CharacterClass(scalar.value)),
        !Self.breaks.contains(scalar.value)
      else { return false }
      at += scalar.width
    }
    return false
  }

  private static let breaks = Set("的和与在是为了将以、".unicodeScalars.map(\.value))

  /// 内蒙古是北京市的“后花园”和“菜篮子”: whether this stands before the list that begins at `start`.
  private func isKnownAs(_ start: Int, in text: SourceText, _ places: [EntityMention]) -> Bool {
    let end = start - "的".utf8.count
    guard text.has("的", before: start),
      let place = places.beginning(in: max(0, end - Self.longestPlace)..<end)
        .last(where: { $0.range.upperBound == end })
    else { return false }
    return ["是", "为", "成为", "当好", "建成", "打造成"].contains {
      text.has($0, before: place.range.lowerBound)
    }
  }

  /// “五角枫秋色摄影线路”: a name that says itself that it is a route.
  private func isRoute(_ range: Range<Int>, in text: SourceText) -> Bool {
    range.count >= Self.shortestRoute
      && ["线路", "环线", "自驾线", "风景道", "风景大道"].contains { text.has($0, before: range.upperBound) }
  }

  /// Whether at least three stops stand between dashes.
  private func isCourse(_ range: Range<Int>, in text: SourceText) -> Bool {
    text.occurrences(of: "—", in: range) > 1
  }

  /// Bytes.
  private static let shortestRoute = 18

  /// “孤举者难起,众行者易趋”: two halves of one length.
  private func isSlogan(_ range: Range<Int>, in text: SourceText) -> Bool {
    let halves = text.clauses(in: range)
    // What somebody says is none.
    guard CharacterClass(text.scalar(before: range.upperBound).value) != .sentenceEnd else {
      return false
    }
    guard halves.count == 2, halves[0].count == halves[1].count, 12...36 ~= halves[0].count else {
      return false
    }
    return text.width(ofAny: ["等", "的", "要求", "原则"], at: range.upperBound + 3) == 0
  }

  private func append(
    _ quotation: Quotation, _ kind: Int, by speaker: dk_ref?, _ places: [EntityMention],
    to document: NormalDocument
  ) throws {
    let name = document.string(quotation.range)
    guard name.utf8.count <= Self.longestName else { return }
    var row = dk_brand()
    row.name = try document.call.intern(name)
    row.kind = UInt32(kind)
    row.state(4)
    if kind == Int(DK_LABEL), let owner = owner(of: quotation, places, in: document.text) {
      row.of = owner
    }
    if let speaker { row.by = speaker }
    let brand = try document.append(
      row, at: quotation.whole, confidence: kind == Int(DK_SLOGAN) ? 0.75 : 0.9)
    guard kind == Int(DK_ROUTE) else { return }
    try appendStops(in: quotation.range, of: brand, places, to: document)
  }

  private func append(
    _ route: WrittenRoutes.Route, by speaker: dk_ref?, _ places: [EntityMention],
    to document: NormalDocument
  ) throws {
    var row = dk_brand()
    row.name = try document.call.intern(document.string(route.name))
    row.kind = UInt32(DK_ROUTE)
    row.state(4)
    if let speaker { row.by = speaker }
    let brand = try document.append(row, at: route.name, confidence: 0.8)
    try appendStops(in: route.course, of: brand, places, to: document)
  }

  private func appendStops(
    in course: Range<Int>, of brand: dk_ref, _ places: [EntityMention],
    to document: NormalDocument
  ) throws {
    let stops = RouteStop.stops(in: course, places, endings: spots, document.text)
    for stop in stops {
      var row = dk_stop()
      row.route = brand
      if let place = stop.place { row.place = place }
      row.order = UInt32(stop.order)
      row.state(3)
      try document.append(row, at: stop.range, confidence: stop.place == nil ? 0.75 : 0.9)
    }
  }

  /// The place that the clause speaks of: 内蒙古 of 内蒙古是北京市的“后花园”.
  private func owner(
    of quotation: Quotation, _ places: [EntityMention], in text: SourceText
  ) -> dk_ref? {
    let limit = max(0, quotation.whole.lowerBound - Self.farthest)
    let start = text.sentenceStart(of: quotation.whole.lowerBound, notBefore: limit)
    let before = places.beginning(in: start..<quotation.whole.lowerBound).filter {
      $0.range.upperBound <= quotation.whole.lowerBound
    }
    let subject = before.last { place in
      text.width(ofAny: ["是", "成为", "作为", "推出", "打造"], at: place.range.upperBound) > 0
    }
    return (subject ?? before.last)?.entity
  }
}
