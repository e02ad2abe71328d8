import DuikouModel
import Testing

@testable import DuikouAPI

@Suite("A record on the wire")
struct RecordMessageTests {
  private static let evidence = Record.Evidence(
    range: 3..<12, text: "敖汉旗", source: .init(part: "台账", page: 2, line: 7, column: 3))

  @Test(
    "comes out as it went in",
    arguments: [
      .int(-5), .uint(.max), .double(117.5), .string("敖汉旗"), .string(""), .bytes([0, 255]),
      .name("county", 4), .date(-1), .date(17_716), .span(evidence),
      .reference(type: "duikou.agency", index: 7),
    ] as [Record.Value])
  func values(_ value: Record.Value) throws {
    let record = Record(
      type: "duikou.place", index: 3, document: 0, fields: [.init(name: "field", value: value)],
      evidence: Self.evidence, confidence: 0.5, flags: ["elided"], producer: "org.duikou.places 1")
    let bytes = try Duikou_V1_Record(record).serializedBytes() as [UInt8]
    #expect(Record(try Duikou_V1_Record(serializedBytes: bytes)) == record)
  }

  @Test("says nothing that is not stated")
  func absent() {
    let record = Record(
      type: "t", index: 0, document: 0, fields: [], evidence: nil, confidence: nil, flags: [],
      producer: "")
    let message = Duikou_V1_Record(record)
    #expect(!message.hasEvidence && !message.hasConfidence)
    #expect(Record(message) == record)
  }

  @Test("with numbers that cannot be right is read without harm")
  func hostile() {
    var message = Duikou_V1_Record()
    message.index = .max
    message.evidence.start = .max
    message.evidence.end = 1
    message.fields = [.init()]
    let record = Record(message)
    #expect(record.index == .max && record.fields.isEmpty)
    #expect(record.evidence?.range == Int.max..<Int.max)
  }
}
