extension TaggerModel {
  /// Reads a model from a file's bytes, of which none is believed before it is checked.
  public init(_ bytes: [UInt8]) throws(ModelError) {
    guard bytes.starts(with: ModelFormat.magic) else { throw .notAModel }
    var cursor = ModelCursor(bytes[ModelFormat.magic.count...])
    let version = Int(try cursor.number(UInt16.self))
    guard version == ModelFormat.version else { throw .unknownVersion(version) }
    let typeCount = Int(try cursor.byte())
    guard try cursor.byte() == 0, (1...TagSet.mostTypes).contains(typeCount) else {
      throw .damaged("it has \(typeCount) types of names")
    }
    let wordCount = Int(try cursor.number(UInt32.self))
    let featureCount = Int(try cursor.number(UInt32.self))
    let size = Int(try cursor.number(UInt32.self))
    guard cursor.left >= size + ModelFormat.checksumSize else { throw .cut }
    guard cursor.left == size + ModelFormat.checksumSize else {
      throw .damaged("something stands behind its end")
    }
    let end = bytes.count - ModelFormat.checksumSize
    var tail = ModelCursor(bytes[end...])
    guard try tail.number(UInt32.self) == ModelFormat.checksum(bytes[..<end]) else {
      throw .damaged("its checksum is wrong")
    }
    guard wordCount <= WordList.mostWords, featureCount <= ModelFormat.mostFeatures,
      wordCount + featureCount <= size
    else { throw .damaged("it is too small for what it says is in it") }
    var body = ModelCursor(bytes[ModelFormat.headerSize..<end])
    try self.init(&body, types: typeCount, words: wordCount, features: featureCount)
    guard body.isAtEnd else { throw .damaged("it has more than it says") }
  }

  private init(
    _ cursor: inout ModelCursor, types: Int, words: Int, features: Int
  ) throws(ModelError) {
    tags = try Self.readTags(&cursor, types)
    calibrations = try Self.readCalibrations(&cursor, types)
    var transitions: [Int16] = []
    for _ in 0..<(tags.count + 1) * tags.count {
      transitions.append(try cursor.number(Int16.self))
    }
    self.transitions = transitions
    self.words = try Self.readWords(&cursor, words)
    (self.features, weights) = try Self.readFeatures(&cursor, features, tags: tags.count)
  }

  private static func readTags(
    _ cursor: inout ModelCursor, _ count: Int
  ) throws(ModelError) -> TagSet {
    var types: [String] = []
    for _ in 0..<count {
      let length = Int(try cursor.byte())
      let type = try cursor.text(length)
      guard (try? TypeName.check(type, line: 0)) != nil, !types.contains(type) else {
        throw .damaged("a type of names is called \(type.debugDescription)")
      }
      types.append(type)
    }
    return TagSet(types)
  }

  private static func readCalibrations(
    _ cursor: inout ModelCursor, _ count: Int
  ) throws(ModelError) -> [Calibration] {
    var calibrations: [Calibration] = []
    for _ in 0..<count {
      var steps: [Calibration.Step] = []
      let length = Int(try cursor.byte())
      guard length <= Calibration.mostSteps else { throw .damaged("it has \(length) steps") }
      for _ in 0..<length {
        let step = Calibration.Step(
          margin: try cursor.number(UInt16.self), share: try cursor.number(UInt32.self))
        let isRising = steps.last.map { $0.margin < step.margin && $0.share <= step.share }
        guard isRising != false, step.share <= 1_000_000 else {
          throw .damaged("what its margins are worth does not rise")
        }
        steps.append(step)
      }
      calibrations.append(Calibration(steps: steps))
    }
    return calibrations
  }

  private static func readWords(
    _ cursor: inout ModelCursor, _ count: Int
  ) throws(ModelError) -> WordList {
    var words: [WordList.Word] = []
    for _ in 0..<count {
      let kind = Int(try cursor.byte())
      let length = Int(try cursor.byte())
      words.append(WordList.Word(text: try cursor.text(length), kind: kind))
    }
    let list = WordList(words)
    guard list.words.count == count else { throw .damaged("a word in it is none, or stands twice") }
    return list
  }

  private static func readFeatures(
    _ cursor: inout ModelCursor, _ count: Int, tags: Int
  ) throws(ModelError) -> (features: [UInt32], weights: [Int8]) {
    var features: [UInt32] = []
    var weights = [Int8](repeating: 0, count: count * tags)
    features.reserveCapacity(count)
    var last: UInt32 = 0
    for index in 0..<count {
      let (feature, isBeyond) = last.addingReportingOverflow(try cursor.packed())
      let isRising = index == 0 || feature > last
      guard !isBeyond, isRising, feature >> featureBits == 0 else {
        throw .damaged("its features do not rise")
      }
      last = feature
      features.append(feature)
      let mask = try cursor.packed()
      guard mask != 0, mask >> UInt32(tags) == 0 else {
        throw .damaged("a feature has weights of tags that there are not")
      }
      for tag in 0..<tags where mask & 1 << UInt32(tag) != 0 {
        let weight = Int8(bitPattern: try cursor.byte())
        guard weight != 0 else { throw .damaged("a weight in it is none") }
        weights[index * tags + tag] = weight
      }
    }
    return (features, weights)
  }
}
