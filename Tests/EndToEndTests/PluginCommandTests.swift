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
}
