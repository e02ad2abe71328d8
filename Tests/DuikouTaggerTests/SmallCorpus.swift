import DuikouTagger

/// A corpus of a few sentences from which something can be learned at once.
enum SmallCorpus {
  private static let people = ["宋宇", "郑宜平", "张玉军", "汪兆龙", "邹伟南", "李小明", "王芳", "赵建国"]
  private static let spots = ["响沙湾", "达里湖草原", "阿斯哈图石林", "古北水镇", "岱海", "五当召"]

  /// Sentences with every name at every place.
  static let corpus = Corpus(
    sentences: people.flatMap { person in
      spots.map { spot in
        sentence([("", "主任"), ("person", person), ("", "说，"), ("spot", spot), ("", "很美。")])
      } + [
        sentence([("person", person), ("", "表示感谢。")]), sentence([("", "会议在北京召开。")]),
      ]
    })

  /// A sentence of its parts, each with a type or none.
  static func sentence(_ parts: [(type: String, text: String)]) -> LabeledSentence {
    var characters: [UInt32] = []
    var names: [LabeledSentence.Name] = []
    for part in parts {
      let start = characters.count
      characters += part.text.unicodeScalars.map(\.value)
      if !part.type.isEmpty {
        names.append(.init(range: start..<characters.count, type: part.type))
      }
    }
    return LabeledSentence(characters: characters, names: names)
  }

  static func model(_ options: TrainingOptions = TrainingOptions(epochs: 3)) throws -> TaggerModel {
    try TaggerTrainer(options: options, words: WordList([.init(text: "主任", kind: 0)]))
      .train(on: corpus, heldOut: corpus)
  }
}
