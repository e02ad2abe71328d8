/// A sentence of a corpus, with the names in it.
public struct LabeledSentence: Equatable, Sendable {
  /// A name of the sentence.
  public struct Name: Hashable, Sendable {
    /// Characters, which are Unicode scalars, from the sentence's start.
    public let range: Range<Int>
    /// Such as `person`.
    public let type: String

    public init(range: Range<Int>, type: String) {
      self.range = range
      self.type = type
    }
  }

  /// Unicode scalars.
  public let characters: [UInt32]
  /// In the order of the text, without overlaps.
  public let names: [Name]

  /// Names that reach out of the sentence, are empty or overlap one before them are left out.
  public init(characters: [UInt32], names: [Name]) {
    self.characters = characters
    var end = 0
    self.names = names.sorted {
      ($0.range.lowerBound, $1.range.upperBound) < ($1.range.lowerBound, $0.range.upperBound)
    }.filter { name in
      let isSound =
        name.range.lowerBound >= end && !name.range.isEmpty
        && name.range.upperBound <= characters.count
      if isSound { end = name.range.upperBound }
      return isSound
    }
  }

  /// The tag of each character. Names of types that the set lacks are left out.
  func tags(in set: TagSet) -> [UInt8] {
    var tags = [UInt8](repeating: UInt8(TagSet.outside), count: characters.count)
    for name in names {
      guard let type = set.types.firstIndex(of: name.type) else { continue }
      for at in name.range { tags[at] = UInt8(TagSet.inside(type)) }
      tags[name.range.lowerBound] = UInt8(TagSet.begin(type))
    }
    return tags
  }
}
