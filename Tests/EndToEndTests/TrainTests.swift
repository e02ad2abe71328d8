import Foundation
import TestSupport
import Testing

/// Training from the command line, and a daemon's plugin with what came of it.
@Suite("duikou train tagger")
struct TrainTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A corpus of people who say something, in BIO.
  private func corpus() throws -> String {
    let people = ["宋宇", "郑宜平", "张玉军", "汪兆龙", "邹伟南", "李小明", "王芳", "赵建国"]
    let sentences = (0..<10).flatMap { _ in
      people.map { person in
        let name = person.enumerated().map { "\($1) \($0 == 0 ? "B" : "I")-person\n" }.joined()
        return name + "说 O\n， O\n好 O\n。 O\n\n会 O\n议 O\n召 O\n开 O\n。 O\n\n"
      }
    }
    return try folder.write("corpus.txt", sentences.joined().utf8)
  }

  @Test("prints figures by type, and writes the model with the settings for it")
  func table() throws {
    let model = "\(folder.path)/office.model"
    let program = try CommandLineTool.run(
      ["train", "tagger", try corpus(), "--epochs", "2", "-o", model])
    #expect(program.status == 0, "\(program.errors)")
    #expect(program.output.contains("person") && program.output.contains("精确率"))
    #expect(program.errors.contains("model: {file: '\(model)'}"))
    #expect(FileManager.default.contents(atPath: model)?.starts(with: Array("DKTG".utf8)) == true)
  }

  @Test("prints figures as JSON, and writes nothing it was not told to")
  func json() throws {
    let object = try CommandLineTool.json(
      ["train", "tagger", try corpus(), "--epochs", "2", "--held-out", "0.25"])
    let total = try #require(object["total"] as? [String: Any])
    #expect(total["f1"] as? Double == 1)
    #expect(object["heldOutSentences"] as? Int == 40)
    #expect((object["model"] as? [String: Any])?["files"] as? [String] == [])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["corpus.txt"])
  }

  /// A command that fails, and what it says.
  struct Refused: Sendable, CustomTestStringConvertible {
    var arguments: [String] = []
    var file = "宋 B-person\n"
    var status: Int32 = 1
    var says: String
    var testDescription: String { says }
  }

  @Test(
    "says what is wrong, and where",
    arguments: [
      Refused(file: "宋 B-person\n宇\n", says: "corpus, line 2: expects a character"),
      Refused(file: "好 O\n", says: "too few to hold 0.1 of them out"),
      Refused(arguments: ["--held-out", "nowhere"], says: "nowhere: no such file"),
      Refused(arguments: ["--types", "place"], says: "no names of the type place"),
      Refused(arguments: ["--size", "300"], status: 64, says: "from 1 to 256 KiB"),
      Refused(arguments: ["--held-out", "1.5"], status: 64, says: "below 1"),
    ])
  func refused(_ given: Refused) throws {
    let file = try folder.write("corpus", given.file.utf8)
    let program = try CommandLineTool.run(["train", "tagger", file] + given.arguments)
    #expect(program.status == given.status)
    #expect(program.errors.contains(given.says), "\(program.errors)")
  }
}
