import DuikouReading
import DuikouText

/// Words for a time that names no days.
enum VagueDate {
  private static let words = Lexicon(
    ["近年来", "近年", "近些年来", "近几年来", "近几年", "近半年来", "近半年"].map { ($0, 0) })
  /// What makes a longer word of one.
  private static let followers = ["底", "初", "度", "间"]

  /// The first place of each word.
  static func ranges(in document: NormalDocument) -> [Range<Int>] {
    var seen: Set<String> = []
    return document.parts.flatMap { words.matches(in: document.text, range: $0) }
      .filter { document.text.width(ofAny: followers, at: $0.end) == 0 }
      .map(\.range)
      .filter { seen.insert(document.text.string($0)).inserted }
  }
}
