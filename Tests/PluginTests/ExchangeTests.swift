import DuikouHost
import DuikouModel
import TestSupport
import Testing

@Suite("Needs and visitors")
struct ExchangeTests {
  private let setup: ConfiguredHost

  init() throws { setup = try ConfiguredHost() }

  /// Loads the plugin, with an office's own words, behind those that it reads from.
  private func load(words: String?) throws -> PluginListing {
    if let words {
      setup.configure(
        "org.duikou.exchanges", [try setup.entry("words", file: "words.tsv", words)])
    }
    let exchanges = Repository.pluginFiles(["exchanges"])
    let others = Repository.pluginFiles(["places", "agencies", "people", "quantities", "events"])
    return try setup.load(others + exchanges, for: exchanges[0])
  }

  /// What a text needs, offers and says of visitors, each as a line.
  private func exchanges(in text: String, words: String? = nil) async throws -> [String] {
    try #require(try load(words: words).state == .active, "\(setup.log.all)")
    return try await setup.records(in: text, named: "exchanges.txt").compactMap { record in
      switch record.type {
      case "duikou.need":
        "\(record["kind"]?.description ?? "") \(record["topic"]?.description ?? "")"
      case "duikou.flow":
        "\(record["visitors"]?.description ?? "") \(record["spending"]?.description ?? "-")"
      default: nil
      }
    }.sorted()
  }

  private let lines = "敖汉旗人才告急。敖汉旗毡房落脚3万人次，到手2万元。"

  @Test("are found by the words of the plugin")
  func shippedWords() async throws {
    let text = "敖汉旗人才短缺。敖汉旗接待游客3万人次，旅游收入2万元。"
    #expect(try await exchanges(in: text) == ["30000 2000000", "need 人才"])
    #expect(try await exchanges(in: lines) == [])
  }

  @Test("are found by an office's own words as well, of which the first counts")
  func ownWords() async throws {
    let words = "# ours\n告急\tlack\n落脚\tvisit\n到手\tspent\n"
    #expect(try await exchanges(in: lines, words: words) == ["30000 2000000", "need 人才"])
  }

  @Test("are not found by a word that an office takes out")
  func takenOut() async throws {
    let text = "敖汉旗人才短缺。敖汉旗接待3万人次。"
    #expect(try await exchanges(in: text, words: "短缺\t-\n接待\t-\n") == [])
  }
}
