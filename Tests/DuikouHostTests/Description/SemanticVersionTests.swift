import Testing

@testable import DuikouHost

@Suite("A semantic version")
struct SemanticVersionTests {
  @Test("orders as semver.org says")
  func order() throws {
    let ascending = [
      "0.9.9", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2",
      "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.1", "1.2.0", "1.10.0", "2.0.0",
    ]
    let versions = try ascending.map { try #require(SemanticVersion($0)) }
    for (index, version) in versions.enumerated() {
      for other in versions[(index + 1)...] {
        #expect(version < other)
        #expect(!(other < version))
      }
    }
  }

  @Test("leaves out what stands behind +")
  func build() {
    #expect(SemanticVersion("1.2.3+a") == SemanticVersion("1.2.3+b"))
  }

  @Test(
    "is nothing else",
    arguments: [
      "", "1", "1.2", "1.2.3.4", "v1.2.3", "1.2.x", "1..3", "1.2.3-", "1.2.3-a..b", "-1.2.3",
      "１.2.3",
    ])
  func refused(_ text: String) {
    #expect(SemanticVersion(text) == nil)
  }
}
