/// Sentences with their names, read from a file.
public struct Corpus: Equatable, Sendable {
  /// How a file writes down names.
  public enum Format: String, CaseIterable, Sendable {
    /// A character and its tag on each line, with an empty line between sentences.
    case bio
    /// An object of JSON on each line, as CLUENER has it.
    case cluener
  }

  /// Bytes of the largest file that is read.
  public static let largest = 256 << 20

  public let format: Format
  public let sentences: [LabeledSentence]

  public init(format: Format = .bio, sentences: [LabeledSentence]) {
    self.format = format
    self.sentences = sentences
  }

  /// Reads a file of either format from UTF-8: it is JSON where its first sign is `{`.
  ///
  /// Throws what is wrong with the first line that cannot be read.
  public init(_ bytes: [UInt8]) throws(CorpusError) {
    let signs = bytes.lazy.filter { !Self.isBlank($0) && $0 != 0xef && $0 != 0xbb && $0 != 0xbf }
    let first = Array(signs.prefix(2))
    guard first != Array("[{".utf8) else {
      throw CorpusError(
        line: 1, reason: "is a list: put each object on a line of its own, without [ ]")
    }
    let format: Format = first.first == UInt8(ascii: "{") ? .cluener : .bio
    let lines = Self.lines(bytes)
    let sentences =
      format == .cluener ? try CLUENERReader.read(lines) : try BIOReader.read(lines)
    guard !sentences.isEmpty else {
      throw CorpusError(
        line: 1, reason: "the file has no sentence; put a character and its tag on each line")
    }
    self.init(format: format, sentences: sentences)
  }

  /// The types of all names, in order.
  public var types: [String] {
    Set(sentences.lazy.flatMap { $0.names.lazy.map(\.type) }).sorted()
  }

  /// The same sentences with the names of some types only.
  public func keeping(_ types: Set<String>) -> Corpus {
    Corpus(
      format: format,
      sentences: sentences.map { sentence in
        LabeledSentence(
          characters: sentence.characters,
          names: sentence.names.filter { types.contains($0.type) })
      })
  }

  /// How many characters the sentences have.
  public var characterCount: Int { sentences.reduce(0) { $0 + $1.characters.count } }

  /// Takes a share of the sentences out, drawn by lot.
  ///
  /// The same seed draws the same. Both parts keep the order of the sentences.
  public func split(holdingOut share: Double, seed: UInt64) -> (rest: Corpus, heldOut: Corpus) {
    var generator = SplitMix64(seed: seed)
    let count = min(sentences.count, Int((Double(sentences.count) * share).rounded()))
    var order = Array(sentences.indices)
    generator.shuffle(&order)
    let drawn = Set(order.prefix(count))
    func part(_ isHeldOut: Bool) -> Corpus {
      Corpus(
        format: format,
        sentences: sentences.indices.filter { drawn.contains($0) == isHeldOut }.map {
          sentences[$0]
        })
    }
    return (part(false), part(true))
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d
  }

  /// The lines, without what ends them and without a byte order mark.
  private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    let start = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
    return bytes[start...].split(separator: 0x0a, omittingEmptySubsequences: false).map { line in
      line.last == 0x0d ? line.dropLast() : line
    }
  }
}
