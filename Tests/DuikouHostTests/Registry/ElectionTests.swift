import DuikouModel
import Testing

@testable import DuikouHost

@Suite("Among the plugins found")
struct ElectionTests {
  private func candidate(
    _ path: String, _ id: String, _ version: String, sha256: String = "",
    types: [TypeDescriptor] = [], uses: [MethodDescription.Use] = []
  ) throws -> Election.Candidate {
    .init(
      path: path, sha256: sha256.isEmpty ? path : sha256,
      description: PluginDescription(
        id: id, version: try #require(SemanticVersion(version)), versionText: version,
        types: types,
        methods: [MethodDescription(name: "Test", role: .extractor, uses: uses)]))
  }

  private func use(
    _ type: UInt32, rowSize: Int, writes: Bool = false
  ) -> MethodDescription.Use {
    .init(type: type, rowSize: rowSize, isRequired: false, reads: !writes, writes: writes)
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

  @Test("one that takes rows for much longer than they are is refused")
  func wideRows() throws {
    let place = try #require(Schema.domain.type(named: "duikou.place"))
    let stay = try TypeDescriptor(name: "cn.b.stay", id: 0x10001, size: 32, fields: [])
    let election = Election([
      try candidate("/1.so", "cn.a", "1.0.0", uses: [use(place.id, rowSize: place.size + 64)]),
      try candidate("/2.so", "cn.b", "1.0.0", types: [stay]),
      try candidate("/3.so", "cn.c", "1.0.0", uses: [use(place.id, rowSize: 65536)]),
      try candidate("/4.so", "cn.d", "1.0.0", uses: [use(stay.id, rowSize: 4096, writes: true)]),
    ])
    #expect(election.verdicts.map(\.state) == [.active, .active, .refused, .refused])
    #expect(election.verdicts[2].reason?.message.contains("duikou.place") == true)
    #expect(election.verdicts[3].reason?.code == .invalidArgument)
  }

  @Test("one that writes rows which nobody describes is refused, and who stands on it as well")
  func undescribed() throws {
    let stay = try TypeDescriptor(name: "cn.a.stay", id: 0x10001, size: 32, fields: [])
    let writer = try candidate(
      "/2.so", "cn.b", "1.0.0", uses: [use(stay.id, rowSize: 32, writes: true)])
    let owner = try candidate("/1.so", "cn.a", "1.0.0", types: [stay])
    #expect(Election([owner, writer]).verdicts.map(\.state) == [.active, .active])
    let alone = Election([writer])
    #expect(alone.verdicts.map(\.state) == [.refused])
    #expect(alone.verdicts[0].reason?.code == .failedPrecondition)
    let bad = try candidate(
      "/1.so", "cn.a", "1.0.0", types: [stay], uses: [use(0x20002, rowSize: 32, writes: true)])
    let both = Election([bad, writer])
    #expect(both.verdicts.map(\.state) == [.refused, .refused])
    #expect(both.schema[stay.id] == nil)
    let reader = try candidate("/3.so", "cn.c", "1.0.0", uses: [use(stay.id, rowSize: 32)])
    #expect(Election([reader]).verdicts.map(\.state) == [.active])
  }
}
