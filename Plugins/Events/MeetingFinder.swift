import DuikouPlugin
import DuikouReading
import DuikouText

/// Finds meetings and ceremonies by the endings of their names, with day, place and who was there.
struct MeetingFinder: Sendable {
  private let endings: Lexicon
  private let kinds: [Int]
  private let starts: Lexicon
  private let references: [String]

  private static let verbs = ["召开", "举行", "举办", "组织", "启动", "开幕", "开班", "落幕"]
  /// Bytes before an ending that make a name; fewer refer to one.
  private static let shortest = 9

  init(meetings: DataTable, starts: DataTable, references: DataTable) {
    let names = ["meeting": DK_MEETING, "opening": DK_OPENING, "training": DK_TRAINING]
    kinds = meetings.rows.map { Int(names[$0[1]] ?? DK_MEETING) }
    endings = Lexicon(meetings.rows.enumerated().map { ($1[0], UInt32($0)) })
    self.starts = Lexicon(starts.rows.map { ($0[0], 0) })
    self.references = references.rows.map { $0[0] }
  }

  /// A name of an event at a place of the text.
  private struct Named {
    let name: Range<Int>
    let ending: Range<Int>
    let kind: Int
  }

  func events(in context: EventContext) -> [Event] {
    let text = context.text
    var events: [Event] = []
    /// By the ending of their names.
    var indices: [String: NameIndex] = [:]
    /// Those of the first line.
    var headlines: [(name: Range<Int>, ending: Range<Int>, index: Int)] = []
    let headEnd = text.firstOffset(of: "\n", in: 0..<min(text.count, Self.longestHeadline)) ?? 0
    for named in names(in: context) {
      let name = text.string(named.name)
      let ending = text.string(named.ending)
      let isReference =
        named.name.count - named.ending.count < Self.shortest
        || references.contains(where: name.hasPrefix)
      let shortest = named.ending.count + Self.shortest
      let known =
        isReference
        ? indices[ending]?.last
        : indices[ending]?.index(of: name, endsFrom: shortest)
          ?? headlines.last {
            text.string($0.ending) == ending && isShort($0.name, of: named.name, text)
          }?
          .index
      if let known {
        if !isReference, name.utf8.count > events[known].name.utf8.count {
          indices[ending]?.insert(name, known, endsFrom: shortest, insteadOf: events[known].name)
          events[known].name = name
        }
        if let evidence = evidence(of: named, in: text) {
          // The text tells more than a headline of other words.
          let isHeadline =
            events[known].evidence.upperBound <= headEnd && events[known].name == name
          events[known].otherEvidence.append(isHeadline ? events[known].evidence : evidence)
          if isHeadline { events[known].evidence = evidence }
        }
        complete(&events[known], named, context)
      } else if !isReference, let evidence = evidence(of: named, in: text) {
        var event = Event(kind: named.kind, name: name, evidence: evidence, confidence: 0.88)
        complete(&event, named, context)
        indices[ending, default: NameIndex()].insert(name, events.count, endsFrom: shortest)
        if named.name.upperBound <= headEnd {
          headlines.append((named.name, named.ending, events.count))
        }
        events.append(event)
      }
    }
    return preferringText(events, context)
  }

  /// In bytes.
  private static let longestHeadline = 300

  /// Whether a headline's name has only characters of a longer one, in their order: 北京挂职干部座谈会 of
  /// 北京市挂职干部人才座谈会.
  private func isShort(_ name: Range<Int>, of longer: Range<Int>, _ text: SourceText) -> Bool {
    guard name.upperBound <= longer.lowerBound, longer.count <= Self.longestHeadline else {
      return false
    }
    var at = name.lowerBound
    func skipSigns() {
      while at < name.upperBound, CharacterClass(text.scalar(at: at).value) != .han,
        CharacterClass(text.scalar(at: at).value) != .digit
      {
        at += text.scalar(at: at).width
      }
    }
    var other = longer.lowerBound
    while other < longer.upperBound {
      skipSigns()
      guard at < name.upperBound else { return true }
      let scalar = text.scalar(at: other)
      if text.scalar(at: at).value == scalar.value { at += scalar.width }
      other += scalar.width
    }
    skipSigns()
    return at >= name.upperBound
  }

  /// The events with the first of their places that is not in a headline, as far as there is one.
  private func preferringText(_ events: [Event], _ context: EventContext) -> [Event] {
    let places = events.flatMap { [$0.evidence] + $0.otherEvidence }
    let preferred = Set(context.document.preferringText(places) { $0 })
    return events.map { found in
      var event = found
      if !preferred.contains(event.evidence),
        let place = event.otherEvidence.first(where: preferred.contains)
      {
        event.evidence = place
      }
      return event
    }
  }

  private func names(in context: EventContext) -> [Named] {
    let found = context.document.parts.flatMap { part in
      endings.matches(in: context.text, range: part).map { (part, $0) }
    }
    guard !found.isEmpty else { return [] }
    let start = NameStart(context.document, starts: starts)
    return found.compactMap { part, match in
      let first = start.start(of: match.start, notBefore: part.lowerBound)
      guard !isCounted(first, in: context.text) else { return nil }
      let from = extended(first, start, notBefore: part.lowerBound, context)
      return Named(name: from..<match.end, ending: match.range, kind: kinds[Int(match.value)])
    }
  }

  /// 三次 + 旅游推介会: some that are counted, and have no name.
  private func isCounted(_ offset: Int, in text: SourceText) -> Bool {
    var at = offset
    for _ in 0..<4 {
      let width = text.width(ofAny: Self.numerals, at: at)
      guard width > 0 else { break }
      at += width
    }
    return at > offset && text.width(ofAny: ["次", "场", "个"], at: at) > 0
  }

  private static let numerals = [
    "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "两", "多", "余", "数", "几", "近", "百", "0", "1",
    "2",
    "3", "4", "5", "6", "7", "8", "9",
  ]

  /// The beginning of a name where a sign or joint stands before what was found: “冬游赤峰”旅游推介会,
  /// 区域合作暨对口帮扶座谈会, 丰台区与化德县联席会议.
  private func extended(
    _ start: Int, _ names: NameStart, notBefore limit: Int, _ context: EventContext
  ) -> Int {
    let text = context.text
    let before = CharacterClass(text.scalar(before: start).value)
    guard start > limit else { return start }
    if before == .closing, text.has("”", before: start) || text.has("》", before: start) {
      return max(limit, text.skippingBracketsBack(from: start, longest: Self.longestQuoted))
    }
    if text.has("暨", before: start), !text.has("会", before: start - 3),
      !text.has("式", before: start - 3)
    {
      return names.start(of: start - 3, notBefore: limit)
    }
    let word = Self.firstWords.first { text.has($0, before: start) } ?? ""
    let first = start - word.utf8.count
    if !word.isEmpty, first >= limit, CharacterClass(text.scalar(before: first).value).isBoundary {
      return first
    }
    return divisionsStart(start, notBefore: limit, context)
  }

  /// What may stand before the division with which a name begins.
  private static let firstWords = ["京蒙协作", "京蒙东西部协作", "东西部协作", "京蒙扶贫协作", "京蒙对口帮扶", "京蒙"]

  /// In bytes.
  private static let longestQuoted = 90

  /// Where the divisions begin whose last one begins a name, if nothing but a sign or verb stands before them all.
  private func divisionsStart(
    _ start: Int, notBefore limit: Int, _ context: EventContext
  ) -> Int {
    let text = context.text
    var at = start
    while true {
      let joint = Self.joints.first { text.has($0, before: at) }
      guard let joint,
        let place = context.place(endingAt: at - joint.utf8.count, notBefore: limit)
      else { break }
      at = place
    }
    guard at < start else { return start }
    let isFirst =
      at == limit || CharacterClass(text.scalar(before: at).value).isBoundary
      || Self.verbs.contains { text.has($0, before: at) }
    return isFirst ? at : start
  }

  private static let joints = ["、", "与", "和", "·", "—", "-"]

  /// The name with the verb that says it took place; nil where none does, or it is only planned.
  private func evidence(of named: Named, in text: SourceText) -> Range<Int>? {
    guard !isPlanned(named.name, in: text) else { return nil }
    for verb in Self.verbs {
      for form in [verb, verb + "了"] where text.has(form, before: named.name.lowerBound) {
        return named.name.lowerBound - form.utf8.count..<named.name.upperBound
      }
    }
    let behind = named.name.upperBound..<min(named.name.upperBound + 60, text.count)
    let clause = text.clauses(in: behind).first ?? behind
    guard clause.lowerBound == behind.lowerBound else { return nil }
    for verb in Self.verbs {
      if let at = text.firstOffset(of: verb, in: clause) {
        return named.name.lowerBound..<at + verb.utf8.count
      }
    }
    return nil
  }

  /// 计划举办…推介会, 会议决定，…: whether the words of a clause before a name make it a plan.
  private func isPlanned(_ name: Range<Int>, in text: SourceText) -> Bool {
    let start = text.clauseStart(of: name.lowerBound, within: 90)
    let clause = start..<name.lowerBound
    return Self.plans.contains { text.firstOffset(of: $0, in: clause) != nil }
      || ["会议决定", "会议议定", "双方商定"].contains {
        text.has($0, before: text.scalarStart(before: start))
      }
  }

  private static let plans = ["计划", "拟举", "拟召", "拟于", "争取", "筹备", "打算", "申请"]

  /// Adds what the sentence around a name says of the event.
  private func complete(_ event: inout Event, _ named: Named, _ context: EventContext) {
    let text = context.text
    let sentence = context.sentence(around: named.name)
    if event.start == nil { event.take(context.date(in: sentence)) }
    if event.place == nil { event.place = place(of: named, in: sentence, context) }
    guard event.participants.isEmpty,
      Self.verbs.contains(where: { text.firstOffset(of: $0, in: sentence) != nil })
    else { return }
    let agencies = context.entities(dk_agency.self, in: sentence.lowerBound..<named.name.lowerBound)
    // Who begins a clause is its subject.
    let subject = agencies.last { agency in
      let sign = CharacterClass(text.scalar(before: agency.range.lowerBound).value)
      return sign == .clauseEnd || agency.range.lowerBound == sentence.lowerBound
    }
    guard let organiser = subject ?? agencies.first else { return }
    event.add([.init(who: organiser.entity, role: Int(DK_ORGANISER), range: organiser.range)])
    for other in agencies
    where other.range.lowerBound > organiser.range.upperBound
      && ["与", "和", "同"].contains(where: { text.has($0, before: other.range.lowerBound) })
    {
      event.add([.init(who: other.entity, role: Int(DK_COUNTERPART), range: other.range)])
    }
  }

  /// 在 + 北京市 + 召开, behind the name or before it.
  private func place(
    of named: Named, in sentence: Range<Int>, _ context: EventContext
  ) -> dk_ref? {
    mentionedPlace(of: named, in: sentence, context) ?? placeBehind(named, context)
  }

  /// A headline that says again what the text says has no mentions: the places of the document are looked for behind
  /// 在.
  private func placeBehind(_ named: Named, _ context: EventContext) -> dk_ref? {
    let start = named.name.upperBound + "在".utf8.count
    guard context.text.has("在", at: named.name.upperBound) else { return nil }
    return context.placeNames.first { context.text.has($0.name, at: start) }?.reference
  }

  private func mentionedPlace(
    of named: Named, in sentence: Range<Int>, _ context: EventContext
  ) -> dk_ref? {
    context.mentions.beginning(in: sentence).lazy.compactMap { mention -> dk_ref? in
      guard mention.isA(dk_place.self), !named.name.overlaps(mention.range),
        context.text.has("在", before: mention.range.lowerBound)
      else { return nil }
      let lowest = context.lowest(from: mention)
      let fits =
        mention.range.lowerBound >= named.name.upperBound
        ? mention.range.lowerBound - named.name.upperBound <= 6
        : Self.verbs.contains { context.text.has($0, at: lowest.range.upperBound) }
      return fits ? lowest.entity : nil
    }.first
  }
}
