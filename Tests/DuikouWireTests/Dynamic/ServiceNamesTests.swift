import DuikouAPI
import DuikouWire
import Testing

@Suite("Services' names")
struct ServiceNamesTests {
  private let names = ServiceNames([
    "duikou.v1.Plugins", "duikou.v1.Analyses", "org.duikou.places.Methods",
    "org.duikou.people.Methods", "cn.example.places.Methods", "grpc.health.v1.Health",
  ])

  @Test(
    "may be shortened",
    arguments: [
      ("duikou.v1.Plugins", ["duikou.v1.Plugins"]), ("Plugins", ["duikou.v1.Plugins"]),
      ("v1.plugins", ["duikou.v1.Plugins"]), ("people", ["org.duikou.people.Methods"]),
      ("duikou.places", ["org.duikou.places.Methods"]),
      ("places", ["cn.example.places.Methods", "org.duikou.places.Methods"]),
      ("places.Methods", ["cn.example.places.Methods", "org.duikou.places.Methods"]),
      ("laces", []), ("", []), ("duikou", []),
    ])
  func matching(_ name: String, _ expected: [String]) {
    #expect(names.matching(name) == expected)
  }

  @Test(
    "are told where none matches",
    arguments: [
      ("Plugin", "duikou.v1.Plugins"), ("peeple", "org.duikou.people.Methods"),
      ("duikou.v1.Analysis", "duikou.v1.Analyses"), ("duikou.palces", "org.duikou.places.Methods"),
    ])
  func nearest(_ name: String, _ expected: String) {
    #expect(names.nearest(to: name).first == expected)
  }

  @Test("lead to what is printed of them")
  func printed() throws {
    let files = try APIDescriptors.files()
    var file = try #require(files.first { $0.name == "duikou/v1/analysis.proto" })
    #expect(
      ProtoText.print(symbol: "duikou.v1.ListFormatsRequest", of: file)
        == "message ListFormatsRequest {\n}\n")
    #expect(
      ProtoText.print(symbol: "duikou.v1.Analyses.ListFormats", of: file)?
        .contains("  // Lists the reports that can be written.\n") == true)
    file.clearSourceCodeInfo()
    let parts = [
      (
        "duikou.v1.Analyses.Analyze",
        "service Analyses {\n  rpc Analyze(AnalyzeRequest) returns (stream AnalyzeEvent);\n}\n"
      ),
      (
        "duikou.v1.AnalyzeEvent.Finished",
        "message Finished {\n  string title = 1;\n  uint64 records = 2;\n  map<string, uint64> counts = 3;\n}\n"
      ),
    ]
    for (name, text) in parts { #expect(ProtoText.print(symbol: name, of: file) == text) }
    #expect(ProtoText.print(symbol: "duikou.v1.Nobody", of: file) == nil)
  }
}
