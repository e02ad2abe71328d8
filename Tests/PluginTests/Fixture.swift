import DuikouModel
import Foundation
import TestSupport
import Testing

/// A document beside what must come out of it: `name.txt` or `name.csv`, and `name.expected.json`.
struct Fixture: Sendable, CustomTestStringConvertible {
  /// The plugin it belongs to, and its name, such as `Places/short-forms`.
  let name: String
  let text: String
  let expected: Expectation

  var testDescription: String { name }

  /// All fixtures of all plugins.
  static let all: [Fixture] = {
    let root = "\(Repository.root)/Plugins"
    let plugins = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    return plugins.sorted().flatMap { plugin -> [Fixture] in
      let folder = "\(root)/\(plugin)/Fixtures"
      let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      return files.filter { $0.hasSuffix(".txt") || $0.hasSuffix(".csv") }.sorted().compactMap {
        file in
        let base = file.dropLast(4)
        let path = "\(folder)/\(base).expected.json"
        guard let data = FileManager.default.contents(atPath: path),
          let expected = try? JSONDecoder().decode(Expectation.self, from: data)
        else { return nil }
        return Fixture(name: "\(plugin)/\(base)", text: "\(folder)/\(file)", expected: expected)
      }
    }
  }()
}

/// What must come out, and what must not.
struct Expectation: Decodable, Sendable {
  /// A record by some of its fields, with references by the name of what they name, or by its evidence where it has
  /// no name.
  struct Pattern: Decodable, Sendable {
    var type: String
    var fields: [String: Scalar]?
    var evidence: String?
    var flags: [String]?
  }

  /// A value as text, however JSON writes it.
  struct Scalar: Decodable, Sendable {
    var text: String

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let string = try? container.decode(String.self) {
        text = string
      } else if let number = try? container.decode(Int64.self) {
        text = "\(number)"
      } else {
        text = "\(try container.decode(Double.self))"
      }
    }
  }

  var records: [Pattern]?
  var absentRecords: [Pattern]?
  /// No other records of these types than those listed.
  var exact: Bool?
  var types: [String]?
  /// For reports: what the rendered text holds, and what not.
  var contains: [String]?
  var absentText: [String]?

  private enum CodingKeys: String, CodingKey {
    case records, exact, types, contains, absent
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    records = try container.decodeIfPresent([Pattern].self, forKey: .records)
    exact = try container.decodeIfPresent(Bool.self, forKey: .exact)
    types = try container.decodeIfPresent([String].self, forKey: .types)
    contains = try container.decodeIfPresent([String].self, forKey: .contains)
    // `absent` has patterns for extractors, and strings for reports.
    if contains == nil {
      absentRecords = try container.decodeIfPresent([Pattern].self, forKey: .absent)
    } else {
      absentText = try container.decodeIfPresent([String].self, forKey: .absent)
    }
  }
}

/// Compares records with patterns.
struct RecordMatcher {
  private let records: [Record]
  private let byReference: [String: Record]

  init(_ records: [Record]) {
    self.records = records
    byReference = Dictionary(records.map { ("\($0.type)#\($0.index)", $0) }) { first, _ in first }
  }

  /// The indices of the records that a pattern fits.
  func matches(_ pattern: Expectation.Pattern) -> [Int] {
    records.indices.filter { index in
      let record = records[index]
      return record.type == pattern.type
        && (pattern.evidence == nil || record.evidence?.text == pattern.evidence)
        && (pattern.flags ?? []).allSatisfy(record.flags.contains)
        && (pattern.fields ?? [:]).allSatisfy { name, value in
          record[name].map(text) == value.text
        }
    }
  }

  private func text(_ value: Record.Value) -> String {
    guard case .reference(let type, let index) = value,
      let target = byReference["\(type)#\(index)"]
    else { return value.description }
    let name = target["name"] ?? target["title"]
    return name?.description ?? target.evidence?.text ?? value.description
  }

  func describe(_ index: Int) -> String {
    let record = records[index]
    let fields = record.fields.map { "\($0.name)=\(text($0.value))" }.joined(separator: " ")
    return "\(record.type) \(fields) 〔\(record.evidence?.text ?? "")〕"
  }
}
