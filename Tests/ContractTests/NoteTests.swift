import Foundation
import TestSupport
import Testing

/// The note by which a host recognises a plugin, as the binutils read it.
@Suite("The note of a plugin")
struct NoteTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let plugin = """
    #include <duikou.h>
    #define NAME "cn.example.住宿"
    static const dk_plugin plugin = {
      sizeof(dk_plugin), DK_ABI_MINOR, 0, 0, NAME, "1.2.0", 0, 0, 0, 0, 0, 0, 0, 0, 0};
    DK_NOTE(NAME, "1.2.0");
    const dk_plugin *duikou_plugin_v1(const dk_host *host) { (void)host; return &plugin; }

    """

  /// A way to build a plugin.
  struct Build: Sendable, CustomTestStringConvertible {
    var compiler: String
    var standard: String
    var flags: [String] = []
    var testDescription: String { "\(compiler) -std=\(standard) \(flags.joined(separator: " "))" }
  }

  private static let withoutTheUnused = [
    "-O2", "-ffunction-sections", "-fdata-sections", "-Wl,--gc-sections",
  ]

  @Test(
    "says the same whatever builds the plugin",
    arguments: [
      Build(compiler: "cc", standard: "c99"), Build(compiler: "cc", standard: "c11"),
      Build(compiler: "cc", standard: "c17"), Build(compiler: "c++", standard: "c++17"),
      Build(compiler: "clang", standard: "c99"), Build(compiler: "clang", standard: "c17"),
      Build(compiler: "cc", standard: "c11", flags: withoutTheUnused),
      Build(compiler: "cc", standard: "c11", flags: ["-O2", "-flto"]),
      Build(compiler: "c++", standard: "c++17", flags: withoutTheUnused + ["-flto"]),
      Build(compiler: "clang", standard: "c11", flags: withoutTheUnused + ["-fuse-ld=lld"]),
      Build(compiler: "clang", standard: "c11", flags: ["-O2", "-flto", "-fuse-ld=lld", "-s"]),
    ])
  func build(_ build: Build) throws {
    let isCPlusPlus = build.standard.hasPrefix("c++")
    let file = try folder.write(isCPlusPlus ? "a.cc" : "a.c", Self.plugin.utf8)
    let library = "\(folder.path)/libplugin.so"
    try Program.check(
      "/usr/bin/env",
      [
        build.compiler, "-std=\(build.standard)", "-Wall", "-Wextra", "-Wpedantic", "-Wshadow",
        "-Werror", "-shared", "-fPIC", "-fvisibility=hidden", "-I\(Repository.root)/include",
      ] + build.flags + [file, "-o", library])
    #expect(
      try note(of: library)
        == Note(id: "cn.example.住宿", version: "1.2.0", minor: Self.minor()))
    let segments = try Program.check("/usr/bin/env", ["readelf", "-lW", library])
    #expect(segments.split(separator: "\n").contains { $0.hasPrefix("  NOTE ") })
  }

  @Test(
    "is one note in each shipped plugin, and has the minor of the headers",
    arguments: [
      "segments", "places", "agencies", "people", "agreements", "quantities", "names",
      "pairings", "events", "exchanges", "ledgers", "tagger", "markdown", "html", "daylight",
      "figures",
      "texts",
      "office", "pdf",
    ])
  func shipped(_ name: String) throws {
    let note = try note(of: Repository.pluginFiles([name])[0])
    #expect(note.id == "org.duikou.\(name)" && note.major == 1)
    #expect(note.minor == (try Self.minor()))
  }

  /// DK_ABI_MINOR: an assembler reads it too, so that it is digits and nothing else.
  private static func minor() throws -> Int {
    let header = try String(
      contentsOfFile: "\(Repository.root)/include/duikou/base.h", encoding: .utf8)
    let match = try #require(header.firstMatch(of: #/\#define DK_ABI_MINOR ([0-9]+)\n/#))
    return try #require(Int(match.output.1))
  }

  struct Note: Equatable {
    var id: String
    var version: String
    var major = 1
    var minor = 0
  }

  /// The one note of owner Duikou in a library.
  private func note(of library: String) throws -> Note {
    let sections = try Program.check("/usr/bin/env", ["readelf", "-SW", library])
    // Address, offset, size, entry size, flags, link, info, alignment. Swift has it retained as well.
    let section =
      #/\ \.note\.duikou +NOTE +[0-9a-f]+ [0-9a-f]+ [0-9a-f]+ 00 +A[oR]? +0 +0 +4\n/#
    #expect(sections.contains(section))
    let notes = try Program.check("/usr/bin/env", ["readelf", "-nW", library])
      .matches(of: #/\n +Duikou +0x[0-9a-f]+\t.*description data: ([0-9a-f ]+)\n/#)
    try #require(notes.count == 1)
    let bytes = notes[0].output.1.split(separator: " ").compactMap { UInt8($0, radix: 16) }
    let texts = bytes.dropFirst(4).split(separator: 0, omittingEmptySubsequences: false)
    try #require(bytes.count > 4 && texts.count == 3 && texts[2].isEmpty)
    return Note(
      id: String(decoding: texts[0], as: UTF8.self),
      version: String(decoding: texts[1], as: UTF8.self),
      major: Int(bytes[0]) | Int(bytes[1]) << 8, minor: Int(bytes[2]) | Int(bytes[3]) << 8)
  }
}
