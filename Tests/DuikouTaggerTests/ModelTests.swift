import DuikouText
import Testing

@testable import DuikouTagger

@Suite("The file of a model")
struct ModelTests {
  private let model: TaggerModel
  private let bytes: [UInt8]

  init() throws {
    model = try SmallCorpus.model(TrainingOptions(epochs: 2, largestModel: 1200))
    bytes = model.bytes
  }

  /// The bytes with their checksum made right again.
  private static func sealed(_ bytes: [UInt8]) -> [UInt8] {
    let body = bytes.dropLast(4)
    let sum = ModelFormat.checksum(body)
    return body + (0..<4).map { UInt8(truncatingIfNeeded: sum >> (8 * UInt32($0))) }
  }

  @Test("holds all of it")
  func roundTrip() throws {
    #expect(try TaggerModel(bytes) == model)
    #expect(model.words.words.map(\.text) == ["主任"])
  }

  @Test("that is cut short anywhere is refused")
  func truncated() {
    for count in bytes.indices {
      let error = #expect(throws: ModelError.self) { try TaggerModel(Array(bytes[..<count])) }
      #expect(error == (count < 4 ? .notAModel : .cut), "\(count)")
    }
  }

  @Test("of which any byte is another is refused")
  func flipped() {
    for at in bytes.indices {
      var other = bytes
      other[at] ^= 0x55
      #expect(throws: ModelError.self, "\(at)") { try TaggerModel(other) }
    }
  }

  @Test("of which any byte is another is never trusted, even with a checksum that is right")
  func forged() {
    var read = 0
    for at in bytes.indices.dropLast(4) {
      for value in [0x00, 0x7f, 0x80, 0xff] as [UInt8] {
        var other = bytes
        other[at] = value
        guard let model = try? TaggerModel(Self.sealed(other)) else { continue }
        read += 1
        // What can be read can be used, whatever it finds.
        if read % 50 == 0 {
          _ = Tagger(model).names(in: SmallCorpus.corpus.sentences[0].characters)
        }
      }
    }
    #expect(read > 0)
  }

  /// A change to a model's bytes, and the error of it.
  struct Damage: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var at: Int
    var bytes: [UInt8]
    var error: String
  }

  @Test(
    "is refused with a sentence that says what to do",
    arguments: [
      Damage(testDescription: "another magic", at: 0, bytes: [0x7f], error: "no model of a tagger"),
      Damage(testDescription: "a later version", at: 4, bytes: [9], error: "has version 9"),
      Damage(testDescription: "no types", at: 6, bytes: [0], error: "0 types"),
      Damage(testDescription: "too many types", at: 6, bytes: [200], error: "200 types"),
      Damage(
        testDescription: "more words than bytes", at: 8, bytes: [0xff, 0xff], error: "too small"),
      Damage(
        testDescription: "more features than there may be", at: 12, bytes: [0, 0, 0, 0x7f],
        error: "too small"),
      Damage(
        testDescription: "fewer features than it has", at: 12, bytes: [1, 0],
        error: "more than it says"),
      Damage(testDescription: "a longer body", at: 18, bytes: [0xff], error: "cut short"),
      Damage(testDescription: "a shorter body", at: 16, bytes: [1, 0], error: "behind its end"),
      Damage(testDescription: "a type that is no text", at: 21, bytes: [0xff], error: "not UTF-8"),
      Damage(
        testDescription: "a type with a blank", at: 21, bytes: [0x20],
        error: "a type of names is called"),
    ])
  func damaged(_ given: Damage) {
    var other = bytes
    other.replaceSubrange(given.at..<given.at + given.bytes.count, with: given.bytes)
    let error = #expect(throws: ModelError.self) { try TaggerModel(Self.sealed(other)) }
    #expect(error?.description.contains(given.error) == true, "\(error?.description ?? "")")
    #expect(error?.description.contains(";") == true)
  }
}
