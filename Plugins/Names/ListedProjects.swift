import DuikouReading
import DuikouText

/// Finds the projects that a list names before 等15个项目: 西桥镇卫生院 and 锦山中学实验楼 of 援建了西桥镇卫生院、锦山中学实验楼等86个项目.
struct ListedProjects {
  let words: ProjectWords
  let generic: GenericWords
  let surroundings: Surroundings
  private var text: SourceText { surroundings.document.text }

  /// Bytes between 等 and 项目, of the list, and of the words before its first name.
  private static let reach = (count: 36, list: 450, lead: 30)
  /// Bytes of the shortest and the longest name.
  private static let lengths = 12...120

  init(words: ProjectWords, generic: GenericWords, surroundings: Surroundings) {
    self.words = words
    self.generic = generic
    self.surroundings = surroundings
  }

  /// The projects of the list that ends before a word such as 项目; none where it is no list.
  func projects(before word: Int, in part: Range<Int>) -> [Range<Int>] {
    let near = max(part.lowerBound, word - Self.reach.count)..<word
    guard let sign = lastOffset(of: "等", in: near),
      generic.cover(sign + "等".utf8.count..<word, in: text)
    else { return [] }
    let limit = max(part.lowerBound, sign - Self.reach.list)
    let start = text.clauseStart(of: sign, within: sign - limit)
    let items = items(of: start..<sign)
    guard let first = items.first else { return [] }
    let from = nameStart(in: first)
    return ([from..<first.upperBound] + items.dropFirst()).filter(isName)
  }

  private func items(of list: Range<Int>) -> [Range<Int>] {
    var items: [Range<Int>] = []
    var start = list.lowerBound
    var at = start
    while at < list.upperBound {
      let scalar = text.scalar(at: at)
      if CharacterClass(scalar.value) == .listMark {
        if at > start { items.append(start..<at) }
        start = at + scalar.width
      }
      at += max(scalar.width, 1)
    }
    if start < list.upperBound { items.append(start..<list.upperBound) }
    return items
  }

  /// Where the first name of a list begins: behind 重点建设, 援建了.
  private func nameStart(in item: Range<Int>) -> Int {
    let start = surroundings.nameStart.start(of: item.upperBound, notBefore: item.lowerBound)
    let front = start..<min(item.upperBound, start + Self.reach.lead)
    let lead = words.leadings.matches(in: text, range: front).last { match in
      generic.specificLength(of: match.end..<item.upperBound, in: text) > 1
        && generic.specificLength(of: start..<match.start, in: text) <= Self.mostBeforeLead
    }
    var at = words.behindLeads(lead?.end ?? start, in: text, end: item.upperBound)
    at += text.width(ofAny: ["了"], at: at)
    return min(at, item.upperBound)
  }

  /// Characters of words such as 先后 before a lead.
  private static let mostBeforeLead = 4

  private func isName(_ range: Range<Int>) -> Bool {
    guard Self.lengths ~= range.count, !surroundings.agencies.overlaps(range),
      CharacterClass(text.scalar(at: range.lowerBound).value) == .han
        || CharacterClass(text.scalar(at: range.lowerBound).value) == .letter
    else { return false }
    let last = words.facilities.matches(in: text, range: range).last
    return last?.end == range.upperBound
      && generic.specificLength(of: range.lowerBound..<(last?.start ?? 0), in: text) > 1
  }

  private func lastOffset(of word: String, in range: Range<Int>) -> Int? {
    var at = range.upperBound
    while at - word.utf8.count >= range.lowerBound {
      if text.has(word, before: at) { return at - word.utf8.count }
      at = text.scalarStart(before: at)
    }
    return nil
  }
}
