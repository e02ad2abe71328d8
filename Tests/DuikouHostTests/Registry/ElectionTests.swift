import DuikouModel
import Testing

@testable import DuikouHost

@Suite("Among the plugins found")
struct ElectionTests {
  private func candidate(
    _ path: String, _ id: String, _ version: String, sha256: String = "",
    types: [TypeDescriptor] = []
  ) throws -> Election.Candidate {
    .init(
      path: path, sha256: sha256.isEmpty ? path : sha256,
      description: PluginDescription(
        id: id, version: try #require(SemanticVersion(version)), versionText: version,
        types: types))
  }

  @Test("the highest version of an id is used, whatever the order they were found in")
  func highestWins() throws {
    let found = [
      try candidate("/a.so", "cn.a", "1.9.0"), try candidate("/b.so", "cn.a", "1.10.0"),
      try candidate("/c.so", "cn.a", "1.10.0-rc.1"), try candidate("/d.so", "cn.b", "0.1.0"),
    ]
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2]] {
      let election = Election(order.map { found[$0] })
      let states = Dictionary(
        uniqueKeysWithValues: zip(order.map { found[$0].path }, election.verdicts.map(\.state)))
      #expect(
        states == ["/a.so": .shadowed, "/b.so": .active, "/c.so": .shadowed, "/d.so": .active])
    }
  }

  @Test("the reason names the one that is used")
  func reasons() throws {
    let election = Election([
      try candidate("/a.so", "cn.a", "1.0.0"), try candidate("/b.so", "cn.a", "1.0.0"),
      try candidate("/c.so", "cn.a", "0.9.0"),
      try candidate("/d.so", "cn.a", "1.0.0", sha256: "/a.so"),
    ])
    #expect(election.verdicts.map(\.state) == [.active, .shadowed, .shadowed, .shadowed])
    let sentences = election.verdicts.map { $0.reason?.message ?? "" }
    #expect(sentences[1].contains("/a.so") && sentences[1].contains("raise the version"))
    #expect(sentences[2].contains("/a.so") && sentences[2].contains("1.0.0"))
    #expect(sentences[3].contains("same file"))
  }

  @Test("two that bring a row type of one id cannot both be used")
  func typeClash() throws {
    let first = try TypeDescriptor(name: "cn.a.row", id: 0x10001, size: 32, fields: [])
    let second = try TypeDescriptor(name: "cn.b.row", id: 0x10001, size: 32, fields: [])
    let found = [
      try candidate("/1.so", "cn.b", "1.0.0", types: [second]),
      try candidate("/2.so", "cn.a", "1.0.0", types: [first]),
    ]
    for candidates in [found, found.reversed()] {
      let election = Election(candidates)
      let refused = zip(candidates, election.verdicts).filter { $0.1.state == .refused }
      #expect(refused.map(\.0.description.id) == ["cn.b"])
      #expect(refused.first?.1.reason?.code == .alreadyExists)
      #expect(election.schema[0x10001]?.name == "cn.a.row")
    }
  }
}
