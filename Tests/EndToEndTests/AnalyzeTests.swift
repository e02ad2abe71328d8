import Foundation
import TestSupport
import Testing

@Suite("duikou analyze")
struct AnalyzeTests {
  private static let shipped = [
    "segments", "places", "agencies", "people", "agreements", "markdown",
  ]
  private let folder: TemporaryFolder
  private let plugins: String

  init() throws {
    folder = try TemporaryFolder()
    plugins = try folder.plugins(Self.shipped)
  }

  private func run(_ arguments: String...) throws -> Program {
    try CommandLineTool.run(["analyze"] + arguments, plugins: plugins)
  }

  private func note(_ name: String = "note.txt") throws -> String {
    try folder.write(name, "海淀区与敖汉旗座谈\n\n宋宇主任到会。\n".utf8)
  }

  @Test("shows the records of a file as a table")
  func table() throws {
    let program = try run(try note())
    #expect(program.status == 0 && program.errors.isEmpty)
    for word in ["海淀区与敖汉旗座谈", "地点 2", "敖汉旗 150430", "org.duikou.places"] {
      #expect(program.output.contains(word))
    }
    #expect(!program.output.contains("\u{1b}"), "no colours where nobody looks")
  }

  @Test("shows the records as JSON with their evidence")
  func json() throws {
    let object = try CommandLineTool.json(["analyze", try note()], plugins: plugins)
    let document = try #require((object["documents"] as? [[String: Any]])?.first)
    let records = try #require(document["records"] as? [[String: Any]])
    let place = try #require(
      records.first { ($0["fields"] as? [String: Any])?["code"] as? Int == 150430 })
    let evidence = try #require(place["evidence"] as? [String: Any])
    #expect(evidence["text"] as? String == "敖汉旗")
    #expect(evidence["start"] as? Int == 12 && evidence["end"] as? Int == 21)
    #expect((object["errors"] as? [Any])?.isEmpty == true)
  }

  @Test("writes reports where it is told, and leaves no halves")
  func reports() throws {
    let file = "\(folder.path)/out/report.md"
    let program = try run(try note(), "--report", "markdown", "-o", file)
    #expect(program.status == 0 && program.errors.contains(file))
    let text = try String(contentsOfFile: file, encoding: .utf8)
    #expect(text.contains("| 敖汉旗 | 150430 |"))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/out") == ["report.md"])
    let inFolder = try run(try note(), "--report", "markdown", "-o", "\(folder.path)/out")
    #expect(inFolder.errors.contains("/out/report.md"))
    let onFile = try run(
      try note(), "--report", "markdown", "--report", "markdown", "-o", file)
    #expect(onFile.status == 64 && onFile.errors.contains("report.md is a file"))
    let printed = try run(try note(), "--report", "markdown", "--lang", "en")
    #expect(printed.output.contains("| Place | Code |"))
  }

  @Test("sets plugins up by a configuration file, as the daemon does")
  func configuration() throws {
    let divisions = try folder.write("divisions.csv", "code,name\n150499,新城旗\n".utf8)
    let configuration = try folder.write(
      "office.yaml",
      """
      plugin:
        org.duikou.places:
          divisions: {file: \(divisions)}
        cn.example.absent:
          key: 1
      """.utf8)
    let note = try folder.write("new.txt", "海淀区与新城旗座谈\n".utf8)
    #expect(try !run(note).output.contains("新城旗 150499"))
    let program = try run(note, "--config", configuration)
    #expect(program.status == 0 && program.output.contains("新城旗 150499"))
    #expect(
      program.errors.contains("office.yaml, line 4: cn.example.absent: no such plugin is there"))
  }

  @Test("refuses a configuration file that it cannot use")
  func wrongConfiguration() throws {
    let note = try note()
    let file = try folder.write("office.yaml", "plugin: 3\n".utf8)
    let wrong = try run(note, "--config", file)
    #expect(wrong.status != 0 && wrong.errors.contains("office.yaml, line 1"))
    let absent = try run(note, "--config", "\(folder.path)/none.yaml")
    #expect(absent.status != 0 && absent.errors.contains("none.yaml"))
    let unknown = try folder.write(
      "key.yaml", "plugin:\n  org.duikou.places:\n    no_such_key: 1\n".utf8)
    let refused = try run(note, "--config", unknown)
    #expect(refused.status != 0 && refused.output.isEmpty)
    #expect(refused.errors.contains("key.yaml, line 3"), "\(refused.errors)")
    let tables = try folder.write(
      "table.yaml", "plugin:\n  org.duikou.places:\n    words: {file: /nonexistent}\n".utf8)
    #expect(try run(note, "--config", tables).errors.contains("org.duikou.places is not used"))
  }

  @Test("says which row of an office's table means nothing, and that a file sets up no plugin")
  func wrongTables() throws {
    _ = try folder.write("tables/titles.tsv", "# ours\n苏木达\tofice\tyes\n".utf8)
    let tables = try folder.write(
      "tables.yaml", "plugin:\n  org.duikou.people:\n    titles: {file: tables/titles.tsv}\n".utf8)
    let refused = try run(try note(), "--config", tables)
    #expect(refused.status != 0)
    #expect(refused.errors.contains("titles, line 2: “ofice” is none of chair, collective"))
    let empty = try folder.write("empty.yaml", "plugn:\n  org.duikou.people: {}\n".utf8)
    let program = try run(try note(), "--config", empty)
    #expect(program.status == 0 && program.errors.contains("empty.yaml sets up no plugin"))
  }

  @Test(
    "says in words who goes where and who took part in what, and reads dates by the day of publication"
  )
  func sentences() throws {
    let plugins = try folder.plugins(["quantities", "pairings", "events", "exchanges"])
    let file = try folder.write(
      "year.txt",
      "2019年，内蒙古自治区接待北京游客1200万人次，旅游收入35.5亿元。\n2月3日，敖汉旗文化和旅游局代表团到访海淀区。\n".utf8)
    let program = try CommandLineTool.run(
      ["analyze", file, "--published", "2026-02-04"], plugins: plugins)
    for words in [
      "北京市 → 内蒙古自治区 12000000 人次 3550000000 元 · 2019-01-01 – 2019-12-31", "2026-02-03",
      "考察 · 2026-02-03 ← ",
    ] {
      #expect(program.output.contains(words), "\(program.output)")
    }
    let wrong = try run(file, "--published", "2026-02-30")
    #expect(wrong.status == 64 && wrong.errors.contains("2026-02-30"))
  }

  @Test("says where a file is cut off")
  func warnings() throws {
    let file = try folder.write("cut.txt", Array("海淀区与敖汉旗座谈".utf8).dropLast())
    let program = try run(file)
    #expect(program.status == 0 && program.output.contains("敖汉旗 150430"))
    #expect(program.errors.contains("cut.txt: the file ends within a character"))
  }

  @Test("shows the records of a few files, and counts of many", arguments: [(3, true), (4, false)])
  func counts(number: Int, isDetailed: Bool) throws {
    for index in 1...number { _ = try note("notes/\(index).txt") }
    let program = try run("\(folder.path)/notes")
    #expect(program.output.contains("敖汉旗 150430") == isDetailed)
    #expect(program.output.contains("海淀区与敖汉旗座谈"))
    let json = try CommandLineTool.json(["analyze", "\(folder.path)/notes"], plugins: plugins)
    let documents = try #require(json["documents"] as? [[String: Any]])
    #expect(documents.allSatisfy { ($0["records"] as? [Any])?.isEmpty == false })
  }

  @Test("keeps the order of the files, however long each takes")
  func order() throws {
    let long = String(repeating: "海淀区与敖汉旗座谈。", count: 2_000)
    let files = try (0..<8).map { number in
      try folder.write("\(number).txt", "第\(number)号\n\(number % 2 == 0 ? long : "")\n".utf8)
    }
    let object = try CommandLineTool.json(["analyze"] + files, plugins: plugins)
    let documents = try #require(object["documents"] as? [[String: Any]])
    #expect(documents.compactMap { $0["title"] as? String } == (0..<8).map { "第\($0)号" })
  }

  /// What goes wrong, and what is told.
  struct Bad: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var bytes: [UInt8]?
    var code: String
    var word: String
  }

  @Test(
    "tells what is wrong with a file, and ends with 1",
    arguments: [
      Bad(testDescription: "empty", bytes: [], code: "INVALID_ARGUMENT", word: "empty"),
      Bad(
        testDescription: "not UTF-8", bytes: [0x61, 0xff, 0x62], code: "INVALID_ARGUMENT",
        word: "byte 1"),
      Bad(testDescription: "missing", bytes: nil, code: "NOT_FOUND", word: "no such file"),
    ])
  func bad(_ bad: Bad) throws {
    if let bytes = bad.bytes { try folder.write("bad.txt", bytes) }
    let program = try run("\(folder.path)/bad.txt")
    #expect(program.status == 1)
    #expect(program.errors.contains("bad.txt") && program.errors.contains(bad.code))
    #expect(program.errors.contains(bad.word))
    #expect(program.output.isEmpty)
  }

  @Test("refuses a file of 100 MB before it reads it, and says how to go on")
  func large() throws {
    let path = try folder.write("large.txt", [])
    try #require(truncate(path, 100 << 20) == 0)
    let program = try run(path)
    #expect(program.status == 1)
    #expect(program.errors.contains("RESOURCE_EXHAUSTED") && program.errors.contains("--max-size"))
  }

  @Test("analyses all files of a folder but the bad one among them")
  func folders() throws {
    for number in 1...5 { _ = try note("notes/\(number).txt") }
    try folder.write("notes/deep/bad.txt", [0xff])
    try folder.write("notes/.hidden", [0xff])
    try folder.write("notes/~$总结.docx", [0xff])
    let path = "\(folder.path)/notes"
    let program = try run(path)
    #expect(program.status == 1)
    #expect(program.errors.split(separator: "\n").count == 1)
    #expect(program.errors.contains("deep/bad.txt"))
    let object = try CommandLineTool.json(["analyze", path], plugins: plugins, status: 1)
    #expect((object["documents"] as? [Any])?.count == 5)
    #expect((object["errors"] as? [Any])?.count == 1)
  }

  @Test(
    "refuses what cannot be meant before it starts",
    arguments: [
      (["--report", "pdf"], Int32(1), "there are: markdown"),
      (["--plugins", "/nonexistent"], 1, "/nonexistent"),
      (["--report", "markdown", "--report", "markdown"], 64, "-o FOLDER"),
      (["--max-size", "0"], 64, "--max-size"), (["--format", "xml"], 64, "xml"),
    ])
  func arguments(_ arguments: [String], _ status: Int32, _ word: String) throws {
    let program = try CommandLineTool.run(["analyze", try note()] + arguments, plugins: plugins)
    #expect(program.status == status)
    #expect(program.errors.contains(word), "\(program.errors)")
    #expect(program.output.isEmpty)
  }

  @Test("ends with 2 when a plugin fails, and shows what the others found")
  func failingPlugin() throws {
    let source = CompiledPlugin.source(
      id: "cn.example.failing", body: "return call->fail(call, DK_NOT_FOUND, \"no table\", 8);")
    _ = try CompiledPlugin.compile(source, named: "plugins/libfailing.so", in: folder)
    let program = try run(try note())
    #expect(program.status == 2)
    #expect(program.output.contains("cn.example.failing/Test: no table [NOT_FOUND]"))
    #expect(program.output.contains("敖汉旗 150430"))
  }
}
