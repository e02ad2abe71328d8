import Foundation
import TestSupport
import Testing

@Suite("duikoud")
struct DaemonTests {
  private static let shipped = [
    "segments", "places", "agencies", "people", "agreements", "markdown",
  ]
  private let folder: TemporaryFolder
  private let plugins: String
  private var data: String { "\(folder.path)/data" }

  init() throws {
    folder = try TemporaryFolder()
    plugins = try folder.plugins(Self.shipped)
  }

  private func note() throws -> String {
    try folder.write("note.txt", "海淀区与敖汉旗座谈\n\n海淀区旅游发展委员会主任宋宇到会。\n".utf8)
  }

  /// The sample that `duikou sample` prints, and a real article where there are some.
  private func documents() throws -> [String] {
    let sample = try folder.write("sample.txt", try CommandLineTool.run(["sample"]).output.utf8)
    return [try note(), sample] + (Repository.corpus.map { ["\($0)/articles/00.txt"] } ?? [])
  }

  private func start(_ arguments: String...) throws -> RunningDaemon {
    try RunningDaemon(data: data, plugins: plugins, arguments: arguments)
  }

  @Test("gives the same answers as the program alone")
  func sameAnswers() throws {
    let daemon = try start()
    let files = try documents()
    let file = files[0]
    for arguments in [
      ["analyze"] + files, ["analyze"] + files + ["--format", "json"],
      ["analyze"] + files + ["--report", "markdown"],
      ["analyze", file, "--report", "markdown", "--lang", "en"],
      ["plugin", "list"], ["plugin", "describe", "org.duikou.people"],
      ["analyze", "/nonexistent"], ["analyze", file, "--report", "pdf"],
    ] {
      let alone = try CommandLineTool.run(arguments, plugins: plugins)
      let remote = try CommandLineTool.run(["--host", daemon.address] + arguments)
      #expect(remote.status == alone.status, "\(arguments): \(remote.errors)")
      #expect(remote.output == alone.output, "\(arguments)")
      #expect(remote.errors == alone.errors, "\(arguments)")
    }
    #expect(daemon.stop() == 0)
  }

  @Test("keeps a document that it has acknowledged, even when it is killed")
  func killed() throws {
    let file = try note()
    let first = try start()
    let before = try CommandLineTool.json(["--host", first.address, "analyze", file])
    #expect(first.stop(SIGKILL) == 128 + SIGKILL)
    let second = try start()
    let report = try CommandLineTool.run(
      ["--host", second.address, "analyze", file, "--format", "json"])
    let after = try JSONSerialization.jsonObject(with: Data(report.output.utf8)) as? [String: Any]
    #expect(NSDictionary(dictionary: before) == NSDictionary(dictionary: after ?? [:]))
    #expect(second.stop() == 0)
  }

  @Test("refuses to share its data folder, and names who has it")
  func second() throws {
    let daemon = try start()
    let other = try Program.run(
      "\(Repository.products)/duikoud", ["--data", data, "--plugins", plugins])
    #expect(other.status == 1)
    #expect(other.errors.contains("used by another daemon (process "))
    #expect(try CommandLineTool.run(["--host", daemon.address, "plugin", "list"]).status == 0)
    #expect(daemon.stop() == 0)
  }

  @Test("listens at the loopback when asked, and nowhere else without TLS")
  func loopback() throws {
    let daemon = try start("--listen", "127.0.0.1:47613")
    #expect(
      try CommandLineTool.run(["--host", "127.0.0.1:47613", "plugin", "list"]).status == 0)
    #expect(daemon.stop() == 0)
    let open = try Program.run(
      "\(Repository.products)/duikoud", ["--data", data, "--listen", "0.0.0.0:47613"])
    #expect(open.status == 1 && open.errors.contains("needs TLS"))
  }

  @Test("that is not there is told, with what to do")
  func absent() throws {
    let program = try CommandLineTool.run(["--host", "unix:\(data)/none.sock", "plugin", "list"])
    #expect(program.status == 1 && program.errors.contains("start duikoud"))
  }

  @Test("takes its settings from a file, and logs as JSON when told to")
  func settings() throws {
    let config = try folder.write("duikoud.yaml", "log-format: json\nmax-document-mib: 1\n".utf8)
    let daemon = try start("--config", config)
    let line = try #require(
      daemon.messages.split(separator: "\n").first { $0.contains("\"plugins loaded\"") })
    let fields = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String]
    #expect(fields?["message"] == "plugins loaded" && fields?["active"] == "6")
    let large = try folder.write("large.txt", Array(repeating: UInt8(0x61), count: (1 << 20) + 1))
    let program = try CommandLineTool.run(["--host", daemon.address, "analyze", large])
    #expect(program.status == 1 && program.errors.contains("RESOURCE_EXHAUSTED"))
    #expect(daemon.stop() == 0)
  }

  @Test("ends well also when it waits for nothing")
  func noDrain() throws {
    let daemon = try start("--drain", "0")
    #expect(try CommandLineTool.run(["--host", daemon.address, "analyze", try note()]).status == 0)
    #expect(daemon.stop() == 0, "\(daemon.messages)")
  }

  @Test("keeps all that it makes from others")
  func privacy() throws {
    let daemon = try start()
    for file in ["duikou.sqlite", "duikou.sock", "lock", "cache"] {
      let attributes = try FileManager.default.attributesOfItem(atPath: "\(data)/\(file)")
      let mode = try #require(attributes[.posixPermissions] as? Int)
      #expect(mode & 0o077 == 0, "\(file)")
    }
    #expect(daemon.stop() == 0)
    #expect(!FileManager.default.fileExists(atPath: "\(data)/duikou.sock"))
  }
}
