import Foundation
import TestSupport
import Testing

@Suite("duikou plugin")
struct PluginCommandTests {
  private let folder: TemporaryFolder
  private let plugins: String

  init() throws {
    folder = try TemporaryFolder()
    plugins = try folder.plugins(["places", "markdown"])
  }

  @Test("list shows each file with its state, and why one is not used")
  func list() throws {
    try folder.write("plugins/libtext.so", "not a library".utf8)
    let program = try CommandLineTool.run(["plugin", "list"], plugins: plugins)
    #expect(program.status == 0)
    for word in [
      "org.duikou.places", "可用", "沙箱进程", "libtext.so", "未采用", "INVALID_ARGUMENT",
    ] {
      #expect(program.output.contains(word), "\(program.output)")
    }
    let object = try CommandLineTool.json(["plugin", "list"], plugins: plugins)
    let states = (object["plugins"] as? [[String: Any]])?.compactMap { $0["state"] as? String }
    #expect(states == ["active", "active", "refused"])
  }

  @Test("list of an empty folder says what to do")
  func empty() throws {
    let program = try CommandLineTool.run(["plugin", "list"], plugins: folder.path)
    #expect(program.status == 0 && program.output.contains(".so"))
  }

  @Test("describe shows a file's methods and types, by path and by id")
  func describe() throws {
    for name in ["\(plugins)/libduikou-places.so", "org.duikou.places"] {
      let program = try CommandLineTool.run(["plugin", "describe", name], plugins: plugins)
      #expect(program.status == 0, "\(program.errors)")
      for word in ["org.duikou.places", "0.1.0", "duikou.place", "GB/T 2260"] {
        #expect(program.output.contains(word), "\(program.output)")
      }
    }
  }

  @Test(
    "describe says why a file is no plugin",
    arguments: [("libtext.so", "INVALID_ARGUMENT"), ("missing.so", "NOT_FOUND")])
  func refused(_ name: String, _ code: String) throws {
    try folder.write("libtext.so", "not a library".utf8)
    let program = try CommandLineTool.run(["plugin", "describe", "\(folder.path)/\(name)"])
    #expect(program.status == 1 && program.errors.contains(code))
  }

  @Test("describe of an unknown id names those there are")
  func unknown() throws {
    let program = try CommandLineTool.run(["plugin", "describe", "cn.nobody"], plugins: plugins)
    #expect(
      program.status == 1 && program.errors.contains("org.duikou.markdown, org.duikou.places"))
  }

  /// Runs a command over a folder that is empty at first; returns what it printed.
  private func run(_ words: String..., status: Int32 = 0) throws -> String {
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/own", withIntermediateDirectories: true)
    let program = try CommandLineTool.run(["plugin"] + words + ["--plugins", "\(folder.path)/own"])
    #expect(program.status == status, "\(program.errors)")
    return program.output + program.errors
  }

  /// The states in that folder, by id.
  private func states() throws -> [String: String] {
    let object = try CommandLineTool.json(["plugin", "list", "--plugins", "\(folder.path)/own"])
    let plugins = object["plugins"] as? [[String: Any]] ?? []
    return Dictionary(
      plugins.map { ($0["id"] as? String ?? "", $0["state"] as? String ?? "") }
    ) { first, _ in first }
  }

  @Test("puts a plugin into a folder under its id, readable by all, and replaces it there")
  func install() throws {
    for version in ["1.0.0", "1.1.0"] {
      let file = try CompiledPlugin.compile(
        CompiledPlugin.source(version: version), named: "\(version).so", in: folder)
      #expect(try run("install", file).contains(version))
    }
    let files = try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/own")
    #expect(files == ["cn.example.test.so"])
    let mode = try FileManager.default.attributesOfItem(
      atPath: "\(folder.path)/own/cn.example.test.so")[.posixPermissions]
    #expect(mode as? Int == 0o644)
    let info = try run("info", "cn.example.test")
    for word in ["1.1.0", "可用", "cn.example.test.so", "沙箱进程"] { #expect(info.contains(word)) }
  }

  @Test("puts nothing in that could not be used")
  func notInstalled() throws {
    let junk = try folder.write("junk.so", "不是插件".utf8)
    #expect(try run("install", junk, status: 1).contains("INVALID_ARGUMENT"))
    let broken = try CompiledPlugin.compile(
      CompiledPlugin.source().replacing("DK_NOTE", with: "//"), named: "broken.so", in: folder)
    #expect(try run("install", broken, status: 1).contains("no note"))
    #expect(try run("install", "\(folder.path)/missing.so", status: 1).contains("no such file"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/own").isEmpty)
  }

  @Test("keeps a folder's plugin from running, and lets it run again")
  func disable() throws {
    let file = try CompiledPlugin.compile(CompiledPlugin.source(), named: "a.so", in: folder)
    _ = try run("install", file)
    _ = try run("disable", "cn.example.test")
    #expect(try states() == ["cn.example.test": "disabled"])
    _ = try run("enable", "cn.example.test")
    #expect(try states() == ["cn.example.test": "active"])
    #expect(try run("disable", "no id", status: 1).contains("INVALID_ARGUMENT"))
    #expect(try run("info", "cn.example.none", status: 1).contains("there are: cn.example.test"))
  }
}
