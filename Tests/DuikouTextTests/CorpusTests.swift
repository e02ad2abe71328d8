import DuikouText
import Foundation
import TestSupport
import Testing

/// The figures and dates that people found in real articles, against what is read there.
@Suite(
  "On real articles",
  .enabled(if: Repository.corpus != nil, "the corpus is not beside this checkout"))
struct CorpusTests {
  /// A figure or a date of a gold file.
  private struct Expected {
    let value: String
    let unit: String
    /// UTF-8 offsets in the article.
    let evidence: Range<Int>
  }

  private static let published = [
    "00": "2018-07-04", "02": "2026-02-04", "05": "2024-11-20", "07": "2019-11-23",
    "12": "2022-08-05",
    "15": "2020-03-05",
  ]

  private func article(_ name: String) throws -> [UInt8] {
    let corpus = try #require(Repository.corpus)
    return Array(try Data(contentsOf: URL(fileURLWithPath: "\(corpus)/articles/\(name).txt")))
  }

  private func expected(_ name: String, type: String) throws -> [Expected] {
    let corpus = try #require(Repository.corpus)
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(corpus)/gold/\(name).json"))
    let json = try JSONSerialization.jsonObject(with: data)
    let records =
      json as? [[String: Any]] ?? (json as? [String: Any])?["records"] as? [[String: Any]]
    return try #require(records).filter { $0["type"] as? String == type }.compactMap { record in
      guard let fields = record["fields"] as? [String: Any], let value = fields["value"],
        let evidence = (record["evidence"] as? [[String: Any]])?.first,
        let start = evidence["start"] as? Int, let end = evidence["end"] as? Int
      else { return nil }
      return Expected(
        value: "\(value)", unit: fields["unit"] as? String ?? "", evidence: start..<end)
    }
  }

  @Test("Every figure is read with its value", arguments: published.keys.sorted())
  func figures(name: String) throws {
    try withText(article(name)) { source in
      let normal = NormalizedText(source)
      let found = normal.withText { Quantity.all(in: $0) }
      for figure in try expected(name, type: "figure") {
        let scaled = withText(figure.value + figure.unit.prefix { "万亿".contains($0) }) {
          ChineseNumber.read(in: $0, at: 0)?.value
        }
        let isRead = found.contains {
          normal.sourceRange(of: $0.range).overlaps(figure.evidence) && $0.value == scaled
        }
        #expect(isRead, "\(figure)")
      }
    }
  }

  @Test("Every date is read with its days", arguments: published.keys.sorted())
  func dates(name: String) throws {
    try withText(article(name)) { source in
      let normal = NormalizedText(source)
      let found = normal.withText { ChineseDate.all(in: $0, published: day(Self.published[name])) }
      for date in try expected(name, type: "date") {
        let bounds = date.value.split(separator: "/")
        let isRead = found.contains {
          normal.sourceRange(of: $0.range).overlaps(date.evidence)
            && $0.first?.description.hasPrefix(bounds[0]) == true
            && ($0.isOpenEnd || $0.last?.description.hasPrefix(bounds[bounds.count - 1]) == true)
        }
        #expect(isRead, "\(date)")
      }
    }
  }

  private func day(_ string: String?) -> CalendarDay? {
    withText(string ?? "") { ChineseDate.read(in: $0, at: 0)?.first }
  }

  @Test("All articles are read, and their normal form is normal")
  func all() throws {
    let corpus = try #require(Repository.corpus)
    let files = try FileManager.default.contentsOfDirectory(atPath: "\(corpus)/articles")
    for file in files where file.hasSuffix(".txt") {
      try withText(article(String(file.dropLast(4)))) { source in
        let normal = NormalizedText(source)
        let isNormal = normal.withText { NormalizedText($0).isShared }
        #expect(isNormal, "\(file)")
        for range in normal.withText({ Quantity.all(in: $0).map(\.range) }) {
          #expect(
            normal.range(ofSource: normal.sourceRange(of: range)) == range, "\(file) \(range)")
        }
      }
    }
  }
}
