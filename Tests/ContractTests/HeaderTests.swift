import Foundation
import TestSupport
import Testing

@Suite("The headers")
struct HeaderTests {
  private static let include = "\(Repository.root)/include"
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A compiler and a language.
  struct Dialect: Sendable, CustomTestStringConvertible {
    var compiler: String
    var standard: String
    var testDescription: String { "\(compiler) -std=\(standard)" }
  }

  private static let warnings = [
    "-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Wconversion", "-Wundef", "-Wpadded", "-Werror",
  ]

  @Test(
    "compile alone without a warning",
    arguments: [
      Dialect(compiler: "cc", standard: "c99"), Dialect(compiler: "cc", standard: "c11"),
      Dialect(compiler: "cc", standard: "c17"), Dialect(compiler: "c++", standard: "c++17"),
      Dialect(compiler: "clang", standard: "c99"), Dialect(compiler: "clang", standard: "c11"),
      Dialect(compiler: "clang", standard: "c17"),
    ],
    [
      "duikou.h", "duikou/base.h", "duikou/function.h", "duikou/image.h", "duikou/plugin.h",
      "duikou/records.h", "duikou/type.h",
    ])
  func compile(_ dialect: Dialect, _ header: String) throws {
    let isCPlusPlus = dialect.standard.hasPrefix("c++")
    let file = try folder.write(
      isCPlusPlus ? "a.cc" : "a.c", "#include <\(header)>\nint unused;\n".utf8)
    try Program.check(
      "/usr/bin/env",
      [dialect.compiler, "-std=\(dialect.standard)", "-I\(Self.include)", "-fsyntax-only", file]
        + Self.warnings)
  }

  @Test("are imported by Swift without a warning")
  func swift() throws {
    let file = try folder.write(
      "a.swift",
      """
      import CDuikou
      func check(_ call: UnsafeMutablePointer<dk_call>) -> Int { MemoryLayout<dk_row>.size }
      """.utf8)
    try Program.check(
      "/usr/bin/env",
      [
        "swiftc", "-swift-version", "6", "-warnings-as-errors", "-typecheck", "-I", Self.include,
        file,
      ])
  }

  @Test("stay under 40 KB together")
  func size() throws {
    let files = try FileManager.default.subpathsOfDirectory(atPath: Self.include)
      .filter { $0.hasSuffix(".h") }
    #expect(files.count == 7)
    let sizes = try files.map {
      try Data(contentsOf: URL(fileURLWithPath: "\(Self.include)/\($0)")).count
    }
    #expect(sizes.reduce(0, +) < 40 << 10)
  }

  @Test(
    "let only the entry symbol leave a shipped plugin",
    arguments: [
      "segments", "places", "agencies", "people", "agreements", "quantities", "names",
      "pairings", "events", "exchanges", "ledgers", "tagger", "markdown", "html", "daylight",
      "figures",
      "texts",
      "office", "pdf",
    ])
  func exports(_ name: String) throws {
    let file = Repository.pluginFiles([name])[0]
    let symbols = try Program.check("/usr/bin/env", ["nm", "-D", "--defined-only", file])
      .split(separator: "\n").map { $0.split(separator: " ").last.map(String.init) ?? "" }
    #expect(symbols == ["duikou_plugin_v1"])
  }

  @Test(
    "ask nothing of Swift in a plugin written in C",
    arguments: [
      ("segments", []), ("agreements", []), ("markdown", []), ("daylight", ["libnova", "libm"]),
      ("figures", ["libm"]),
      ("texts", ["libxml2"]), ("office", ["libarchive", "libxml2", "libm"]),
      (
        "pdf",
        ["libpoppler-glib", "libglib", "libgobject", "libcairo", "libz", "ld-linux"]
      ),
    ])
  func needs(_ name: String, _ libraries: [String]) throws {
    let output = try Program.check(
      "/usr/bin/env", ["readelf", "-d", Repository.pluginFiles([name])[0]])
    let needed = output.split(separator: "\n").filter { $0.contains("(NEEDED)") }
    let allowed = ["libc.so"] + libraries
    #expect(needed.allSatisfy { line in allowed.contains { line.contains($0) } }, "\(needed)")
  }
}
