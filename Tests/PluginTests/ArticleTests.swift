import DuikouModel
import DuikouPipeline
import Foundation
import TestSupport
import Testing

/// The real article of 2018-07-04 against the records that people found in it.
@Suite(
  "On the real article of the symposium",
  .enabled(if: Repository.corpus != nil, "the corpus is not beside this checkout"))
struct ArticleTests {
  private let gold: Gold
  private let analysis: Analysis
  private let records: [Record]

  init() async throws {
    let corpus = try #require(Repository.corpus)
    gold = try Gold("\(corpus)/gold/00.json")
    analysis = try await ShippedPlugins.analyze(file: "\(corpus)/articles/00.txt")
    records = analysis.records()
  }

  private func records(_ type: String) -> [Record] {
    records.filter { $0.type == "duikou.\(type)" }
  }

  private func name(_ value: Record.Value?) -> String? {
    guard case .reference(let type, let index) = value else { return value?.description }
    return records.first { $0.type == type && $0.index == index }.flatMap {
      ($0["name"] ?? $0["title"])?.description
    }
  }

  /// Prints the figure of one kind of records, and gives it back.
  private func score(_ kind: String, _ expected: Set<String>, _ found: Set<String>) -> Int {
    let right = expected.intersection(found)
    print(
      "\(kind): \(right.count) of \(expected.count) found"
        + ", missing \(expected.subtracting(found).sorted())"
        + ", not in gold \(found.subtracting(expected).sorted())")
    return right.count
  }

  @Test("no plugin fails")
  func failures() {
    #expect(analysis.failures.isEmpty, "\(analysis.failures)")
  }

  @Test("all 13 places are found with the right codes")
  func places() {
    let expected = Set(gold.records("place").compactMap { $0.string("division") })
    let found = Set(records("place").compactMap { $0["code"]?.description })
    #expect(expected.count == 13)
    #expect(score("places", expected, found) == 13)
  }

  @Test("at least 10 of the 12 named agencies are found")
  func agencies() {
    let expected = Set(
      gold.records("agency").compactMap { record in
        record.string("name").map { "\($0) \(record.string("division") ?? "")" }
      })
    let found = Set(
      records("agency").map {
        "\($0["name"]?.description ?? "") \($0["division"]?.description ?? "")"
      })
    #expect(expected.count == 12)
    #expect(score("agencies", expected, found) >= 10)
  }

  @Test("all 5 persons are found with title and agency, one of them elided")
  func people() {
    let positions = gold.records("position").map { position in
      let person = gold.name(of: position.string("person"))
      return
        "\(person) \(position.string("title") ?? "") \(gold.name(of: position.string("agency")))"
    }
    let found = records("position").map {
      "\(name($0["person"]) ?? "") \(name($0["title"]) ?? "") \(name($0["agency"]) ?? "")"
    }
    #expect(positions.count == 5)
    #expect(score("positions", Set(positions), Set(found)) == 5)
    let people = Set(gold.records("person").compactMap { $0.string("name") })
    #expect(
      score("people", people, Set(records("person").compactMap { $0["name"]?.description })) == 5)
    let elided = records("position").filter { $0.flags.contains("elided") }
    #expect(elided.map { name($0["person"]) } == ["张玉军"])
  }

  @Test("both agreements are found with their parties")
  func agreements() {
    let expected = gold.records("agreement").map { agreement in
      let parties = agreement.strings("parties").map(gold.name)
      return "\(agreement.string("title") ?? "") \(parties.sorted().joined(separator: "、"))"
    }
    let found = records("agreement").map { agreement in
      let parties = records("party").filter {
        $0["agreement"] == .reference(type: agreement.type, index: agreement.index)
      }
      let names = parties.compactMap { name($0["party"]) }.sorted().joined(separator: "、")
      return "\(agreement["title"]?.description ?? "") \(names)"
    }
    #expect(expected.count == 2)
    #expect(score("agreements", Set(expected), Set(found)) == 2)
    let second = records("agreement").first { $0["title"] == .string("京蒙旅游扶贫协作框架协议") }
    #expect(name(second?["implements"]) == "全面深化京蒙扶贫协作三年行动框架协议")
    #expect(second?["status"]?.description == "signed")
  }

  @Test("the repeats of the headline and the page's widgets give no records")
  func boilerplate() {
    let parts = (gold.records("document") + gold.records("boilerplate")).flatMap(\.evidence)
    #expect(parts.count == 12)
    let inside = records.filter { record in
      guard record.type != "duikou.segment", record.type != "duikou.document",
        let range = record.evidence?.range
      else { return false }
      return parts.contains { $0.overlaps(range) }
    }
    print("records within boilerplate: \(inside.count)")
    #expect(inside.map { "\($0.type) \($0.evidence?.text ?? "")" } == [])
  }

  @Test("each record's evidence is where it says")
  func evidence() throws {
    let corpus = try #require(Repository.corpus)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(corpus)/articles/00.txt"))
    for record in records {
      guard let evidence = record.evidence else { continue }
      #expect(String(decoding: bytes[evidence.range], as: UTF8.self) == evidence.text)
    }
  }
}

/// Records that people found in an article.
private struct Gold {
  struct Entry {
    let fields: [String: Any]
    let evidence: [Range<Int>]

    func string(_ field: String) -> String? { fields[field] as? String }
    func strings(_ field: String) -> [String] { fields[field] as? [String] ?? [] }
  }

  private var byType: [String: [Entry]] = [:]
  private var names: [String: String] = [:]

  init(_ path: String) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    let object = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    for record in try #require(object["records"] as? [[String: Any]]) {
      let fields = record["fields"] as? [String: Any] ?? [:]
      let ranges = (record["evidence"] as? [[String: Any]] ?? []).compactMap { span in
        (span["start"] as? Int).flatMap { start in (span["end"] as? Int).map { start..<$0 } }
      }
      byType[record["type"] as? String ?? "", default: []].append(
        Entry(fields: fields, evidence: ranges))
      if let id = record["id"] as? String { names[id] = fields["name"] as? String }
    }
  }

  func records(_ type: String) -> [Entry] { byType[type] ?? [] }

  /// The name of the record with this id.
  func name(of id: String?) -> String { id.flatMap { names[$0] } ?? "" }
}
