/// What a tagger finds in a text, against what people have found there.
public struct TaggerScores: Equatable, Sendable {
  /// How many names are right, spurious and missed. A name is right where its range and its type are.
  public struct Counts: Equatable, Sendable {
    public var right = 0
    public var spurious = 0
    public var missed = 0

    /// Of those found, the share that is right; 0 where none is found.
    public var precision: Double { Self.share(right, right + spurious) }
    /// Of those that there are, the share that is found; 0 where there are none.
    public var recall: Double { Self.share(right, right + missed) }
    /// The harmonic mean of both.
    public var f1: Double { Self.share(2 * right, 2 * right + spurious + missed) }

    private static func share(_ part: Int, _ whole: Int) -> Double {
      whole == 0 ? 0 : Double(part) / Double(whole)
    }
  }

  /// By type, in the model's order and then by name.
  public let types: [(type: String, counts: Counts)]

  /// Has a corpus tagged. Names below `threshold`, from 0 to 1, do not count as found.
  public init(of tagger: Tagger, on corpus: Corpus, threshold: Double = 0) {
    let known = tagger.model.tags.types
    var counts: [String: Counts] = [:]
    for sentence in corpus.sentences {
      let truth = Set(sentence.names)
      let found = Set(
        tagger.names(in: sentence.characters).filter { $0.confidence >= threshold }.map {
          LabeledSentence.Name(range: $0.range, type: known[$0.type])
        })
      for name in found {
        if truth.contains(name) {
          counts[name.type, default: Counts()].right += 1
        } else {
          counts[name.type, default: Counts()].spurious += 1
        }
      }
      for name in truth where !found.contains(name) {
        counts[name.type, default: Counts()].missed += 1
      }
    }
    types = (known + counts.keys.filter { !known.contains($0) }.sorted()).map {
      ($0, counts[$0] ?? Counts())
    }
  }

  /// All types together.
  public var total: Counts {
    types.reduce(into: Counts()) { total, entry in
      total.right += entry.counts.right
      total.spurious += entry.counts.spurious
      total.missed += entry.counts.missed
    }
  }

  public static func == (left: TaggerScores, right: TaggerScores) -> Bool {
    left.types.elementsEqual(right.types) { $0 == $1 }
  }
}
