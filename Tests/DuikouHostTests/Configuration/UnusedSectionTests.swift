import DuikouModel
import Testing

@testable import DuikouHost

@Suite("A section that no plugin reads")
struct UnusedSectionTests {
  @Test("is told with its place and what may have been meant, in the order of the file")
  func all() throws {
    func plugin(_ id: String, config: UInt32) throws -> PluginDescription {
      PluginDescription(
        id: id, version: try #require(SemanticVersion("1.0.0")), versionText: "1.0.0",
        config: config)
    }
    func section(_ line: Int) -> PluginSection { .init(file: "d.yaml", line: line, entries: []) }
    let unused = try UnusedSection.all(
      in: [
        "cn.example.stays": section(2), "cn.example.plain": section(9),
        "cn.example.stay": section(5), "org.elsewhere": section(7),
      ],
      for: [plugin("cn.example.stays", config: 0x10000), plugin("cn.example.plain", config: 0)])
    #expect(
      unused.map(\.message) == [
        "d.yaml, line 5: cn.example.stay: no such plugin is there; did you mean cn.example.stays or "
          + "cn.example.plain?",
        "d.yaml, line 7: org.elsewhere: no such plugin is there",
        "d.yaml, line 9: cn.example.plain: this plugin has no configuration; leave the section out",
      ])
    #expect(unused.map(\.reason) == [.noPlugin, .noPlugin, .noConfiguration])
    #expect(unused.map(\.plugin) == ["cn.example.stay", "org.elsewhere", "cn.example.plain"])
  }
}
