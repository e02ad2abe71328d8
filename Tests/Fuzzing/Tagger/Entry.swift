/// Reads arbitrary bytes as a corpus, and as a tagger's model, with which a text is tagged that was found in it.
@_cdecl("LLVMFuzzerTestOneInput")
public func readTaggerFiles(_ bytes: UnsafePointer<UInt8>, _ size: Int) -> CInt {
  let data = Array(UnsafeBufferPointer(start: bytes, count: size))
  if let corpus = try? Corpus(data) {
    for sentence in corpus.sentences {
      precondition(sentence.names.allSatisfy { $0.range.upperBound <= sentence.characters.count })
    }
  }
  guard data.count > 4 else { return 0 }
  // A checksum that is right, which no mutation would come upon.
  let sum = ModelFormat.checksum(data.dropLast(4))
  let sealed =
    Array(data.dropLast(4)) + (0..<4).map { UInt8(truncatingIfNeeded: sum >> (8 * UInt32($0))) }
  guard let model = try? TaggerModel(sealed) else { return 0 }
  precondition(model.bytes == sealed)
  data.withUnsafeBufferPointer { bytes in
    let text = SourceText(bytes)
    var end = 0
    for name in Tagger(model).names(in: text) {
      precondition(name.range.lowerBound >= end && name.range.upperBound <= text.count)
      end = name.range.upperBound
    }
  }
  return 0
}
