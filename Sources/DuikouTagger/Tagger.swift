import DuikouText
import Synchronization

/// Finds names in texts, by a model.
///
/// A text is read sentence by sentence; one of more than `longestSentence` characters is cut. A tagger
/// never changes; any number of threads may use it.
public struct Tagger: Sendable {
  /// Characters that are read at a time.
  public static let longestSentence = 512

  public let model: TaggerModel
  private let table: WeightTable
  private let marker: WordMarker
  private let transitions: TransitionTable
  private let sessions = Sessions()

  public init(_ model: TaggerModel) {
    self.model = model
    table = WeightTable(model)
    marker = WordMarker(model.words)
    transitions = TransitionTable(
      tags: model.tags, transitions: model.transitions.map(Int32.init))
  }

  /// The names in a part of a text, in order, without overlaps.
  ///
  /// `isWanted` may leave out names by their range and type, before it is found out how sure they are.
  public func names(
    in text: SourceText, range: Range<Int>? = nil,
    where isWanted: (_ range: Range<Int>, _ type: Int) -> Bool = { _, _ in true }
  ) -> [TaggedName] {
    let range = text.wholeCharacters(range ?? text.range)
    var session = sessions.take() ?? Session(self)
    defer { sessions.giveBack(session) }
    var names: [TaggedName] = []
    var at = range.lowerBound
    while at < range.upperBound {
      let start = at
      session.begin()
      var isOpen = true
      while isOpen, at < range.upperBound, session.count < Self.longestSentence {
        let scalar = text.scalar(at: at)
        session.add(scalar.value, at: at)
        at += scalar.width
        isOpen = CharacterClass(scalar.value) != .sentenceEnd
      }
      session.read(text, start..<at, where: isWanted, into: &names)
    }
    return names
  }

  /// The names in a sentence of a corpus; their ranges count characters.
  func names(in characters: [UInt32]) -> [TaggedName] {
    var string = String(characters: characters)
    return string.withUTF8 { bytes in
      let text = SourceText(bytes)
      var index = 0
      var at = 0
      func position(_ offset: Int) -> Int {
        while at < offset {
          at += text.scalar(at: at).width
          index += 1
        }
        return index
      }
      return names(in: text).map { name in
        let start = position(name.range.lowerBound)
        return TaggedName(
          range: start..<position(name.range.upperBound), type: name.type,
          confidence: name.confidence, margin: name.margin)
      }
    }
  }

  /// Memory that nobody uses at the moment, with what it knows of earlier texts: of a short text, more would be
  /// to be made than read.
  private final class Sessions: Sendable {
    private let idle = Mutex<[Session]>([])

    func take() -> Session? { idle.withLock { $0.popLast() } }

    func giveBack(_ session: Session) { idle.withLock { $0.append(session) } }
  }

  /// The memory in which one sentence after the other is read.
  private struct Session {
    private let model: TaggerModel
    private let marker: WordMarker
    private var characters: [UInt32] = []
    private var offsets: [Int] = []
    private var window: FeatureWindow
    private var scorer: SentenceScorer
    private var decoder: Decoder

    init(_ tagger: Tagger) {
      model = tagger.model
      marker = tagger.marker
      window = FeatureWindow(hasWords: !marker.isEmpty)
      scorer = SentenceScorer(tagger.table)
      decoder = Decoder(tagger.transitions)
    }

    var count: Int { characters.count }

    mutating func begin() {
      characters.removeAll(keepingCapacity: true)
      offsets.removeAll(keepingCapacity: true)
    }

    mutating func add(_ scalar: UInt32, at offset: Int) {
      characters.append(scalar)
      offsets.append(offset)
    }

    /// Finds the names of the sentence, which is `range` of the text.
    mutating func read(
      _ text: SourceText, _ range: Range<Int>, where isWanted: (Range<Int>, Int) -> Bool,
      into names: inout [TaggedName]
    ) {
      guard !characters.isEmpty else { return }
      offsets.append(range.upperBound)
      window.reset(count: count)
      for at in 0..<count { window.set(characters[at], at: at) }
      if !marker.isEmpty {
        marker.mark(text, range, offsets: offsets, in: &window)
      }
      scorer.score(window, count: count)
      let count = count
      scorer.scores.withUnsafeBufferPointer { scores in
        guard let scores = scores.baseAddress else { return }
        decoder.decode(scores, count: count)
        let found = NameRanges.of(decoder.path).filter { isWanted(place(of: $0), type(of: $0)) }
        let margins = decoder.margins(of: found, scores, count: count)
        for (name, margin) in zip(found, margins) {
          names.append(
            TaggedName(
              range: place(of: name), type: type(of: name),
              confidence: model.calibrations[type(of: name)].share(at: margin), margin: margin))
        }
      }
    }

    /// Bytes of the text.
    private func place(of name: Range<Int>) -> Range<Int> {
      offsets[name.lowerBound]..<offsets[name.upperBound]
    }

    private func type(of name: Range<Int>) -> Int {
      TagSet.type(of: Int(decoder.path[name.lowerBound]))
    }
  }
}
