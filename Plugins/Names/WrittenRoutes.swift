import DuikouPlugin
import DuikouReading
import DuikouText

/// Finds routes whose names stand in no quotation marks: behind a number, 线路一：穿越大青山——北京市—集宁区—呼和浩特市, and before
/// 线路, 推出北京—承德—赤峰自驾线路.
struct WrittenRoutes {
  struct Route {
    let name: Range<Int>
    /// Where its stops stand.
    let course: Range<Int>
  }

  private let document: NormalDocument
  private let places: [EntityMention]
  private let kinds: Lexicon
  private var text: SourceText { document.text }

  private static let word = "线路"
  private static let dashes = ["—", "–", "－", "-", "→", "~"]
  /// Bytes of the longest name, of the shortest, and of a course.
  private static let lengths = (longest: 150, shortest: 9, course: 600)
  /// Bytes of words such as 精品旅游 between a course and 线路.
  private static let longestKind = 30

  /// `kinds` are words that stand between a course and 线路.
  init(_ document: NormalDocument, places: [EntityMention], kinds: Lexicon) {
    (self.document, self.places, self.kinds) = (document, places, kinds)
  }

  /// The routes of a part, in order.
  func routes(in part: Range<Int>) -> [Route] {
    var found: [Route] = []
    var at = part.lowerBound
    while let word = text.firstOffset(of: Self.word, in: at..<part.upperBound) {
      at = word + Self.word.utf8.count
      guard let route = numbered(behind: at, in: part) ?? course(before: word, in: part),
        found.last.map({ $0.course.upperBound <= route.name.lowerBound }) ?? true
      else { continue }
      found.append(route)
    }
    return found
  }

  // MARK: 线路一：

  private func numbered(behind offset: Int, in part: Range<Int>) -> Route? {
    let number = behindNumber(offset)
    let sign = text.width(ofAny: ["：", ":", "、", " ", "　", "."], at: number)
    guard number > offset, sign > 0 else { return nil }
    let start = text.skippingBlanks(from: number + sign)
    let limit = min(part.upperBound, start + Self.lengths.course)
    var end = start
    var name: Int?
    /// Dashes so far.
    var count = 0
    scan: while end < limit {
      let scalar = text.scalar(at: end)
      let dash = text.width(ofAny: Self.dashes, at: end)
      let isDouble = dash > 0 && text.width(ofAny: Self.dashes, at: end + dash) > 0
      switch CharacterClass(scalar.value) {
      case .sentenceEnd: break scan
      case .clauseEnd, .opening, .listMark:
        // 大漠传奇线，北京→包头.
        name = name ?? end
      case _ where isDouble: name = name ?? end
      default: if dash > 0, name == nil || count > 0 { count += 1 }
      }
      if dash > 0, name != nil { count += 1 }
      end += isDouble ? 2 * dash : max(scalar.width, 1)
    }
    let range = start..<min(name ?? end, end)
    guard Self.lengths.shortest...Self.lengths.longest ~= range.count, end <= limit,
      CharacterClass(text.scalar(at: start).value) == .han
    else { return nil }
    let hasCourse = count > 1
    // A line such as 线路一：全程3天 names none.
    guard hasCourse || isName(range) else { return nil }
    return Route(
      name: range, course: isCourse(range) ? range : behindSigns(range.upperBound, end)..<end)
  }

  /// Where the course begins behind the name of a route and a sign.
  private func behindSigns(_ offset: Int, _ end: Int) -> Int {
    var at = offset
    while at < end, CharacterClass(text.scalar(at: at).value) != .han {
      at += max(text.scalar(at: at).width, 1)
    }
    return min(at, end)
  }

  /// The end of a number of up to two characters.
  private func behindNumber(_ offset: Int) -> Int {
    var at = offset
    for _ in 0..<2 { at += text.width(ofAny: Self.numerals, at: at) }
    return at
  }

  private static let numerals =
    ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"] + (0...9).map(String.init)

  private func isName(_ range: Range<Int>) -> Bool {
    ["线", "线路", "游", "之旅", "行", "路", "环线", "道"].contains { text.has($0, before: range.upperBound) }
  }

  private func isCourse(_ range: Range<Int>) -> Bool {
    Self.dashes.contains { text.firstOffset(of: $0, in: range) != nil }
  }

  // MARK: 北京—承德—赤峰自驾线路

  private func course(before word: Int, in part: Range<Int>) -> Route? {
    let end = behindKinds(word, from: part.lowerBound)
    guard
      let last = places.beginning(in: max(part.lowerBound, end - Self.lengths.longest)..<end).last,
      last.range.upperBound == end
    else { return nil }
    var start = last.range.lowerBound
    var count = 0
    while let dash = Self.dashes.first(where: { text.has($0, before: start) }) {
      let stop = start - dash.utf8.count
      guard let next = stopStart(endingAt: stop, from: part.lowerBound) else { break }
      start = next
      count += 1
    }
    guard count > 0, end - start <= Self.lengths.longest, !text.has("“", before: start) else {
      return nil
    }
    return Route(name: start..<end, course: start..<end)
  }

  private func behindKinds(_ word: Int, from limit: Int) -> Int {
    var end = word
    while end > limit, word - end <= Self.longestKind {
      var start = end
      var next: Int?
      for _ in 0..<3 {
        start = text.scalarStart(before: start)
        if start >= limit, kinds.value(of: start..<end, in: text) != nil { next = start }
      }
      guard let next, next < end else { break }
      end = next
    }
    return end
  }

  /// Where the division begins that ends at an offset, with those above it.
  private func stopStart(endingAt end: Int, from limit: Int) -> Int? {
    var start = end
    for place in places.beginning(in: max(limit, end - Self.lengths.longest)..<end).reversed()
    where place.range.upperBound == start {
      start = place.range.lowerBound
    }
    return start < end ? start : nil
  }
}
