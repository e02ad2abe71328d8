/// Reads corpora with an object of JSON on each line, as CLUENER has it:
/// `{"text": "…叶老桂认为", "label": {"name": {"叶老桂": [[9, 11]]}}}`.
///
/// Positions count Unicode scalars from 0, the last one included. A line without `label` has no names.
enum CLUENERReader {
  /// Reads lines of UTF-8 without their ends. Throws what is wrong with the first that is.
  static func read(_ lines: [ArraySlice<UInt8>]) throws(CorpusError) -> [LabeledSentence] {
    var sentences: [LabeledSentence] = []
    for (index, line) in lines.enumerated() where !line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
      let entry: Entry
      do throws(JSONScanner.Flaw) {
        entry = try Entry(line)
      } catch {
        throw CorpusError(line: index + 1, reason: error.reason)
      }
      sentences.append(try sentence(entry, line: index + 1))
    }
    return sentences
  }

  /// What a line says.
  private struct Entry {
    struct Label {
      let type: String
      let word: String
      let first: Int
      let last: Int
    }

    var text: String?
    var labels: [Label] = []

    init(_ line: ArraySlice<UInt8>) throws(JSONScanner.Flaw) {
      var scanner = JSONScanner(line)
      var text: String?
      var labels: [Label] = []
      try scanner.object { scanner, key throws(JSONScanner.Flaw) in
        switch key {
        case "text": text = try scanner.string()
        case "label": try Self.readLabels(&scanner, into: &labels)
        default: try scanner.skipValue()
        }
      }
      try scanner.end()
      self.text = text
      self.labels = labels
    }

    private static func readLabels(
      _ scanner: inout JSONScanner, into labels: inout [Label]
    ) throws(JSONScanner.Flaw) {
      try scanner.object { scanner, type throws(JSONScanner.Flaw) in
        try scanner.object { scanner, word throws(JSONScanner.Flaw) in
          try scanner.array { scanner throws(JSONScanner.Flaw) in
            var numbers: [Int] = []
            try scanner.array { scanner throws(JSONScanner.Flaw) in
              numbers.append(try scanner.number())
            }
            guard numbers.count == 2 else {
              throw JSONScanner.Flaw(
                reason:
                  "expects the first and the last position of \(word.prefix(16)), such as [9, 11]")
            }
            labels.append(Label(type: type, word: word, first: numbers[0], last: numbers[1]))
          }
        }
      }
    }
  }

  private static func sentence(
    _ entry: Entry, line: Int
  ) throws(CorpusError) -> LabeledSentence {
    guard let text = entry.text else {
      throw CorpusError(line: line, reason: "has no \"text\"; put the sentence there")
    }
    let characters = text.unicodeScalars.map(\.value)
    var names: [LabeledSentence.Name] = []
    for label in entry.labels {
      try TypeName.check(label.type, line: line)
      guard label.first <= label.last, label.last < characters.count else {
        throw CorpusError(
          line: line,
          reason: "\(label.word.prefix(16)) at [\(label.first), \(label.last)] lies outside of the "
            + "text, which has \(characters.count) characters")
      }
      let range = label.first..<label.last + 1
      guard label.word.unicodeScalars.map(\.value) == Array(characters[range]) else {
        throw CorpusError(
          line: line,
          reason: "\(label.word.prefix(16)) does not stand at [\(label.first), \(label.last)]; "
            + "positions count characters from 0, the last one included")
      }
      names.append(.init(range: range, type: label.type))
    }
    return LabeledSentence(characters: characters, names: names)
  }
}
