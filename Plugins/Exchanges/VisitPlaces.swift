import DuikouPlugin
import DuikouReading
import DuikouText

/// The places of a document as those where visitors come from or go.
struct VisitPlaces {
  /// In the order of the text.
  let mentions: [EntityMention]
  private let codes: [UInt32: UInt32]
  private let sides: Sides
  /// How often each is named.
  private let counts: [UInt32: Int]
  private let words: ExchangeWords
  private let text: SourceText
  /// The only place of the headline, which begins with it.
  let subject: EntityMention?

  /// What a place is for a number of visits behind it.
  enum Part {
    case origin, target
    /// One that helps, 在海淀区的帮扶下.
    case neither
  }

  /// Bytes between the place of a document and a number that names none.
  private static let farthest = 600
  /// Bytes of the longest headline.
  private static let longestHeadline = 150
  /// How often a place is named of which the document speaks.
  private static let leastNamed = 3

  init(_ document: NormalDocument, sides: Sides, words: ExchangeWords) {
    text = document.text
    self.sides = sides
    self.words = words
    mentions = document.mentions().filter { $0.isA(dk_place.self) }
    codes = Dictionary(
      document.document.rows(dk_place.self).map { ($0.reference.row, $0.row.code) }
    ) { first, _ in first }
    counts = mentions.reduce(into: [:]) { $0[$1.entity.row, default: 0] += 1 }
    let headline = text.firstOffset(of: "\n", in: text.range) ?? 0
    let named = headline <= Self.longestHeadline ? mentions.beginning(in: 0..<headline) : []
    let isAlone = Set(named.map(\.entity.row)).count == 1
    let isFirst = named.first?.range.lowerBound == text.skippingBlanks(from: 0)
    subject = isAlone && isFirst ? named.first : nil
  }

  /// What the words around a place say that it is.
  func part(of place: EntityMention) -> Part {
    let range = place.range
    // 前往敖汉旗的旅客.
    if ["前往", "赴", "到", "抵达"].contains(where: { text.has($0, before: range.lowerBound) }) {
      return .target
    }
    if words.origins.longestMatch(in: text, at: range.upperBound) != nil { return .origin }
    if isStart(place) { return .origin }
    return words.helping.longestMatch(in: text, at: range.upperBound) == nil ? .target : .neither
  }

  /// Whether a way begins there: 从北京西站始发.
  func isStart(_ place: EntityMention) -> Bool {
    ["从", "自"].contains { text.has($0, before: place.range.lowerBound) }
  }

  func isHelper(_ place: EntityMention) -> Bool {
    codes[place.entity.row].map { sides[$0] == .helper } ?? false
  }

  /// Whether a place is another one or lies in it.
  func lies(_ place: EntityMention, in other: EntityMention) -> Bool {
    guard let code = codes[place.entity.row], let whole = codes[other.entity.row] else {
      return place.entity.row == other.entity.row
    }
    let size: UInt32 = whole % 10_000 == 0 ? 10_000 : whole % 100 == 0 ? 100 : 1
    return code / size == whole / size
  }

  /// Where visitors go of whom a sentence names no place: that of the headline, or else the last that is helped and named near
  /// before, and often.
  func target(before offset: Int) -> EntityMention? {
    if let subject, subject.range.upperBound <= offset { return subject }
    let near = mentions.beginning(in: max(0, offset - Self.farthest)..<offset)
    let last = near.last { place in
      codes[place.entity.row].map { sides[$0] == .helped } ?? false
    }
    return last.flatMap { counts[$0.entity.row, default: 0] >= Self.leastNamed ? $0 : nil }
  }
}
