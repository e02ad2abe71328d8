import Foundation
import TestSupport
import Testing

/// The README's code, run as its reader would.
@Suite("The README's plugin")
struct ReadmeTests {
  private let folder: TemporaryFolder
  private let readme: String

  init() throws {
    folder = try TemporaryFolder()
    readme = try String(contentsOfFile: "\(Repository.root)/README.md", encoding: .utf8)
  }

  /// The code blocks of a language.
  private func blocks(_ language: String) -> [String] {
    readme.components(separatedBy: "```\(language)\n").dropFirst().compactMap {
      $0.components(separatedBy: "\n```").first
    }
  }

  /// The words that a plugin has found in a text.
  private func found(
    by plugin: String, in text: String, plugins folder: String
  ) throws -> [String] {
    let note = try self.folder.write("note.txt", text.utf8)
    let object = try CommandLineTool.json(["analyze", note], plugins: folder)
    let document = try #require((object["documents"] as? [[String: Any]])?.first)
    let records = document["records"] as? [[String: Any]] ?? []
    return records.filter { $0["producer"] as? String == plugin }
      .compactMap { ($0["evidence"] as? [String: Any])?["text"] as? String }
  }

  @Test("in C has at most 25 lines, is compiled by the line given, and finds what it says")
  func c() throws {
    let source = try #require(blocks("c").first)
    #expect(source.split(separator: "\n", omittingEmptySubsequences: false).count <= 25)
    try folder.write("ratings.c", source.utf8)
    try folder.write("plugins/.keep", [])
    let line = try #require(
      readme.split(separator: "\n").map(String.init).first { $0.hasPrefix("cc ") })
    try Program.check(
      "/bin/sh", ["-c", line.replacing("-Iinclude", with: "-I\(Repository.root)/include")],
      folder: folder.path)
    let words = try found(
      by: "cn.example.ratings 1.0.0", in: "响沙湾是5A级景区，阿斯哈图石林是4A级景区。",
      plugins: "\(folder.path)/plugins")
    #expect(words == ["5A", "4A"])
  }

  @Test("in Swift has at most 15 lines, and works from a package of its own with its own runtime")
  func swift() throws {
    let source = try #require(blocks("swift").first { $0.contains("#plugin(") })
    #expect(source.split(separator: "\n", omittingEmptySubsequences: false).count <= 15)
    let manifest = try #require(blocks("swift").first { $0.contains("swift-tools-version") })
    try folder.write("hotels/Sources/Hotels/Hotels.swift", source.utf8)
    try folder.write("hotels/Package.swift", manifest.utf8)
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/duikou", withDestinationPath: Repository.root)
    // What it depends on takes long to build, and stays.
    let build = "\(Repository.root)/.build/readme"
    try Program.check(
      "/usr/bin/env",
      ["swift", "build", "--package-path", "\(folder.path)/hotels", "--scratch-path", build])
    let library = "\(build)/debug/libhotels.so"
    let needed = try Program.check("/usr/bin/env", ["readelf", "-d", library])
    #expect(!needed.contains("libswiftCore"))
    let symbols = try Program.check("/usr/bin/env", ["nm", "-D", "--defined-only", library])
    #expect(symbols.split(separator: "\n").count == 1)
    try folder.write("plugins/libhotels.so", try Data(contentsOf: URL(fileURLWithPath: library)))
    let words = try found(
      by: "cn.example.hotels 1.0.0", in: "草原宾馆与敖包宾馆", plugins: "\(folder.path)/plugins")
    #expect(words == ["宾馆", "宾馆"])
  }
}
