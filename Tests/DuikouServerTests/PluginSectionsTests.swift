import DuikouHost
import DuikouModel
import DuikouSettings
import Foundation
import TestSupport
import Testing

@testable import DuikouServer

@Suite("The sections of plugins")
struct PluginSectionsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func read(_ yaml: String) throws -> Settings {
    let file = try folder.write("duikoud.yaml", yaml.utf8)
    return try Settings.read(file: file, environment: ["HOME": "/h"], flags: [:])
  }

  @Test("are read anew from a file only where all of its keys are settings")
  func changed() throws {
    let file = try folder.write(
      "duikoud.yaml", "data: /d\nplugin:\n  cn.example.stays: {a: 1}\n".utf8)
    #expect(try Settings.pluginSections(inFile: file).keys.sorted() == ["cn.example.stays"])
    let wrong = try folder.write(
      "wrong.yaml", "data: /d\nplugn:\n  cn.example.stays: {a: 1}\n".utf8)
    let error = #expect(throws: DuikouError.self) { try Settings.pluginSections(inFile: wrong) }
    #expect(error?.message.contains("wrong.yaml, line 2: there is no setting plugn") == true)
  }

  @Test("are read with their lines, and every value as it is written")
  func sections() throws {
    let settings = try read(
      """
      data: /d
      plugin:
        # Where one stays.
        cn.example.stays:
          least_stars: 3
          version: 1.10
          mask: 0x1F
          big: 18446744073709551616
          code: 007
          on: yes
          season: "winter"
          name: 'it''s'
          poem: |
            one
            two
          nothing:
          api_key: {env: STAYS_KEY}
          seed:
            file: /etc/duikou/seed
          many: [1, 2]
          both: {env: A, file: b}
          other: {vault: hush}
          words: {file: tables/words.tsv}
        cn.example.plain:
        'cn.example.quoted': {a: 1}
      drain: 0
      """)
    #expect(settings.data == "/d" && settings.drain == .zero)
    #expect(
      settings.pluginSections.mapValues(\.line)
        == ["cn.example.stays": 4, "cn.example.plain": 24, "cn.example.quoted": 25])
    let section = try #require(settings.pluginSections["cn.example.stays"])
    #expect(section.file == "\(folder.path)/duikoud.yaml")
    let mapping = PluginSection.Value.other("a mapping other than {env: NAME} or {file: PATH}")
    let expected: [(String, PluginSection.Value, Int)] = [
      ("least_stars", .text("3", isQuoted: false), 5),
      ("version", .text("1.10", isQuoted: false), 6),
      ("mask", .text("0x1F", isQuoted: false), 7),
      ("big", .text("18446744073709551616", isQuoted: false), 8),
      ("code", .text("007", isQuoted: false), 9),
      ("on", .text("yes", isQuoted: false), 10),
      ("season", .text("winter", isQuoted: true), 11),
      ("name", .text("it's", isQuoted: true), 12),
      ("poem", .text("one\ntwo\n", isQuoted: true), 13),
      ("nothing", .text("", isQuoted: false), 16),
      ("api_key", .environment("STAYS_KEY"), 17),
      ("seed", .file("/etc/duikou/seed"), 18),
      ("many", .other("a list"), 20), ("both", mapping, 21), ("other", mapping, 22),
      ("words", .file("\(folder.path)/tables/words.tsv"), 23),
    ]
    #expect(
      section.entries == expected.map { PluginSection.Entry(key: $0.0, value: $0.1, line: $0.2) })
    #expect(settings.pluginSections["cn.example.plain"]?.entries == [])
    #expect(settings.pluginSections["cn.example.quoted"]?.entries.map(\.line) == [25])
  }

  @Test("may be none", arguments: ["", "data: /d\n", "plugin:\n", "plugin: {}\n", "plugin: ~\n"])
  func none(_ yaml: String) throws {
    #expect(try read(yaml).pluginSections.isEmpty)
  }

  @Test(
    "that have no form are refused with file and line",
    arguments: [
      ("plugin: [a]\n", 1, "plugin consists of sections like `cn.example.stays:`"),
      ("data: /d\nplugin: cn.example.stays\n", 2, "plugin consists of sections"),
      ("plugin:\n  cn.example.stays: 3\n", 2, "lines like `KEY: VALUE`"),
      ("plugin:\n  least_stars: 3\n", 2, "plugin: least_stars must be followed by lines"),
      ("plugin:\n  cn.example.stays: [a]\n", 2, "lines like `KEY: VALUE`"),
      ("plugin:\n  [a]: {b: 1}\n", 2, "begins with the id of a plugin"),
      ("plugin:\n  '': {b: 1}\n", 2, "begins with the id of a plugin"),
      ("plugin:\n  a.b:\n    ? [c]\n    : 1\n", 3, "a key is a word"),
      ("plugin:\n  1: {a: 1}\n  '1': {a: 1}\n", 3, "1 has two sections"),
      ("plugin:\n  a.b: {c: 1}\n  d.e: {}\n  a.b: {}\n", 4, "a.b stands in line 2 already"),
      ("plugin:\n  a.b:\n    c: 1\n    d: 2\n    'c' : 3\n", 5, "c stands in line 3 already"),
      ("plugin:\n  a.b:\n    c: {c: 1}\n    d: |\n      c: 2\n    c: 3\n", 6, "c stands in line 3"),
      ("plugin:\n  a.b: {c: 1, c: 2}\n", 2, "c stands twice"),
      ("plugin:\n  a.b: {}\nplugin:\n  d.e: {}\n", 3, "plugin stands in line 1 already"),
      ("plugin:\n  a.b:\n    c: \"\\0\u{1}\"\n", 3, "not YAML: control characters"),
    ])
  func refusals(_ yaml: String, _ line: Int, _ words: String) {
    let error = #expect(throws: DuikouError.self) { try read(yaml) }
    let message = error?.message ?? ""
    #expect(error?.code == .invalidArgument)
    #expect(message.hasPrefix("\(folder.path)/duikoud.yaml, line \(line): "), "\(message)")
    #expect(message.contains(words), "\(message)")
  }

  @Test(
    "are not quoted where the file is not YAML",
    arguments: [
      "a.b:\n    key: \"hush\n", "a.b:\n    key: hush: hush\n", "a.b:\n    key: {hush\n",
      "a.b:\n    key: *hush\n", "a.b:\n    key: @hush\n", "a.b:\n    key: 'hush'hush\n",
      "a.b:\n    key: hush\n    key: hush\n", "a.b:\n    key: hush\u{1}\n",
      "a.b:\n    key: !hush!hush hush\n", "a.b:\n    key: hush\n...\n---\nhush: 1\n",
      "a.b: hush\n", "a.b: [hush]\n", "[hush]\n",
    ])
  func secrets(_ yaml: String) {
    let error = #expect(throws: DuikouError.self) { try read("plugin:\n  \(yaml)") }
    let texts = [error?.description ?? "", error.map { String(reflecting: $0) } ?? ""]
    #expect(texts.allSatisfy { $0.contains("line ") && !$0.contains("hush") }, "\(texts)")
  }

  @Test("are read again without the other settings")
  func again() throws {
    let settings = try read("plugin:\n  a.b:\n    c: 1\n")
    let file = try #require(settings.configurationFile)
    func rewrite(_ yaml: String) throws -> [String: PluginSection] {
      try folder.write("duikoud.yaml", yaml.utf8)
      return try PluginSection.all(inFile: file)
    }
    #expect(try rewrite("plugin:\n  a.b:\n    c: 1\n") == settings.pluginSections)
    let changed = try rewrite("drain: soon\nnonsense: 1\nplugin:\n  a.b:\n    c: 2\n")
    #expect(changed["a.b"]?.entries.map(\.value) == [.text("2", isQuoted: false)])
    #expect(changed["a.b"]?.line == 4)
    #expect(try rewrite("drain: 1\n").isEmpty)
    #expect(throws: DuikouError.self) { try rewrite("plugin:\n  a.b: [\n") }
    try FileManager.default.removeItem(atPath: file)
    let missing = #expect(throws: DuikouError.self) { try PluginSection.all(inFile: file) }
    #expect(missing?.code == .notFound)
  }

  @Test("are checked against the type of the plugin's configuration")
  func checked() throws {
    let type = try TypeDescriptor(
      name: "cn.example.stays.config", id: 0x5a3c_91e7, size: 48,
      fields: [
        FieldDescriptor(name: "least_stars", number: 1, offset: 32, kind: .u32),
        FieldDescriptor(name: "api_key", number: 2, offset: 40, kind: .string),
      ])
    let schema = try ConfigurationSchema(type, of: "cn.example.stays")
    func row(_ lines: String) throws -> PluginConfiguration {
      let settings = try read("plugin:\n  cn.example.stays:\n" + lines)
      return try schema.row(
        from: settings.pluginSections["cn.example.stays"], environment: ["KEY": "k"])
    }
    let configuration = try row("    least-stars: 3\n    api_key: {env: KEY}\n")
    #expect(configuration.keys == ["least_stars", "api_key"] && configuration.hasSecrets)
    let error = #expect(throws: DuikouError.self) {
      try row("    api_key: k\n    least_stars: 3.5\n")
    }
    #expect(
      error?.message
        == "\(folder.path)/duikoud.yaml, line 4: cn.example.stays: least_stars: expects a whole number "
        + "from 0 to 4294967295, not 3.5")
  }
}
