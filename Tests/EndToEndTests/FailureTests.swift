import DuikouAPI
import DuikouClient
import DuikouModel
import Foundation
import GRPCCore
import TestSupport
import Testing

@Suite("A daemon whose plugin fails")
struct FailureTests {
  private let folder: TemporaryFolder
  private let plugins: String
  private var data: String { "\(folder.path)/data" }

  init() throws {
    folder = try TemporaryFolder()
    plugins = try folder.plugins(["places"])
  }

  private func start(_ arguments: String...) throws -> RunningDaemon {
    try RunningDaemon(data: data, plugins: plugins, arguments: arguments)
  }

  /// Adds a plugin that crashes over texts with this word in them.
  private func addCrasher(at word: String) throws {
    let source = CompiledPlugin.source(
      id: "cn.example.crasher",
      before: "#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>",
      body: """
        static char text[4096];
        memcpy(text, dk_text(call->image), call->image->text_size);
        puts("reading");
        if (strstr(text, "\(word)")) {
          fputs("cannot go on\\n", stderr);
          abort();
        }
        return DK_OK;
        """)
    _ = try CompiledPlugin.compile(source, named: "plugins/libcrasher.so", in: folder)
  }

  private func analyze(
    _ text: String, _ daemon: RunningDaemon, _ arguments: String...
  ) throws -> [[String: Any]] {
    let note = try folder.write("note.txt", text.utf8)
    let program = try CommandLineTool.run(
      ["--host", daemon.address, "analyze", note, "--format", "json"] + arguments)
    let object = try JSONSerialization.jsonObject(with: Data(program.output.utf8)) as? [String: Any]
    let document = (object?["documents"] as? [[String: Any]])?.first
    #expect((document?["records"] as? [Any])?.isEmpty == false, "the others go on")
    return document?["failures"] as? [[String: Any]] ?? []
  }

  private func crasher(_ daemon: RunningDaemon) throws -> [String: Any] {
    let object = try CommandLineTool.json(["--host", daemon.address, "plugin", "list"])
    return try #require(
      (object["plugins"] as? [[String: Any]])?.first { $0["id"] as? String == "cn.example.crasher" }
    )
  }

  private func health(_ daemon: RunningDaemon) async throws
    -> Grpc_Health_V1_HealthCheckResponse.ServingStatus
  {
    let connection = try await DaemonConnection(try DaemonAddress(daemon.address))
    var check = Grpc_Health_V1_HealthCheckRequest()
    check.service = "cn.example.crasher"
    let status = try await connection.health.check(check).status
    await connection.close()
    return status
  }

  @Test("marks the document, with signal, function and what was read")
  func reason() throws {
    try addCrasher(at: "敖汉旗")
    let daemon = try start()
    let failures = try analyze("敖汉旗在赤峰市。", daemon)
    #expect(failures.map { $0["code"] as? String } == ["UNAVAILABLE"])
    let message = failures.first?["message"] as? String ?? ""
    for word in ["cn.example.crasher/Test", "SIGABRT", "note.txt", "cannot go on"] {
      #expect(message.contains(word), "\(message)")
    }
    #expect(daemon.stop() == 0)
  }

  @Test("logs what its plugins write, line by line, with their id")
  func output() throws {
    try addCrasher(at: "敖汉旗")
    let daemon = try start()
    #expect(try analyze("赤峰市。", daemon).isEmpty)
    #expect(daemon.stop() == 0)
    let line = daemon.messages.split(separator: "\n").first { $0.hasSuffix("reading") }
    #expect(line?.contains("plugin=cn.example.crasher") == true, "\(daemon.messages)")
  }

  @Test("ends the calls of a client that goes away")
  func goneClient() async throws {
    let source = CompiledPlugin.source(
      id: "cn.example.hang", body: "(void)call; for (volatile int i = 0;; i++) {} return DK_OK;")
    _ = try CompiledPlugin.compile(source, named: "plugins/libhang.so", in: folder)
    let daemon = try start("--call-timeout", "600", "--drain", "600")
    let note = try folder.write("note.txt", "敖汉旗。".utf8)
    let client = Process()
    client.executableURL = URL(fileURLWithPath: "\(Repository.products)/duikou")
    client.arguments = ["--host", daemon.address, "analyze", note]
    client.standardOutput = FileHandle.nullDevice
    try client.run()
    try await Task.sleep(for: .milliseconds(500))
    client.terminate()
    client.waitUntilExit()
    // With the call still running the daemon would drain for ten minutes.
    #expect(daemon.stop() == 0)
  }

  @Test("puts it into quarantine, tells so everywhere, and keeps it there until it is released")
  func quarantine() async throws {
    try addCrasher(at: "旗")
    var daemon = try start()
    #expect(try await health(daemon) == .serving)
    for number in 1...5 { _ = try analyze("敖汉旗第\(number)份。", daemon) }
    let failures = try analyze("敖汉旗第6份。", daemon)
    #expect(failures.map { $0["code"] as? String } == ["FAILED_PRECONDITION"])
    #expect((failures.first?["message"] as? String)?.contains("release") == true)
    #expect(daemon.stop() == 0)

    daemon = try start()
    #expect(try crasher(daemon)["state"] as? String == "quarantined")
    #expect(try await health(daemon) == .notServing)
    let release = try CommandLineTool.run(
      ["--host", daemon.address, "plugin", "release", "cn.example.crasher"])
    #expect(release.status == 0, "\(release.errors)")
    #expect(try crasher(daemon)["state"] as? String == "active")
    #expect(try await health(daemon) == .serving)
    #expect(
      try CommandLineTool.run(["--host", daemon.address, "plugin", "release", "cn.nobody"]).status
        == 1)
    #expect(daemon.stop() == 0)
  }

  @Test("forgets the quarantine of a file that changes")
  func changed() throws {
    try addCrasher(at: "旗")
    let first = try start()
    for number in 1...5 { _ = try analyze("敖汉旗第\(number)份。", first) }
    #expect(try crasher(first)["state"] as? String == "quarantined")
    #expect(first.stop() == 0)
    try addCrasher(at: "没有这个词")
    let second = try start()
    #expect(try crasher(second)["state"] as? String == "active")
    #expect(try analyze("敖汉旗第6份。", second).isEmpty)
    #expect(second.stop() == 0)
  }

  @Test("sets a document aside that it does not survive twice, for it alone")
  func poison() throws {
    try addCrasher(at: "敖汉旗")
    let daemon = try start()
    for _ in 0..<2 {
      #expect(try analyze("敖汉旗。", daemon).first?["code"] as? String == "UNAVAILABLE")
      #expect(try analyze("赤峰市。", daemon).isEmpty)
    }
    let failures = try analyze("敖汉旗。", daemon)
    #expect(failures.first?["code"] as? String == "FAILED_PRECONDITION")
    #expect((failures.first?["message"] as? String)?.contains("--retry") == true)
    #expect(try crasher(daemon)["setAsideDocuments"] as? Int == 1)
    #expect(try crasher(daemon)["state"] as? String == "active")
    #expect(try analyze("赤峰市。", daemon).isEmpty)
    let retried = try analyze("敖汉旗。", daemon, "--retry")
    #expect(retried.first?["code"] as? String == "UNAVAILABLE")
    #expect(daemon.stop() == 0)
  }

  @Test("runs a plugin in its own process only where its hash is pinned")
  func pinned() throws {
    let first = try start()
    func places(_ daemon: RunningDaemon) throws -> [String: Any] {
      let object = try CommandLineTool.json(["--host", daemon.address, "plugin", "list"])
      return try #require((object["plugins"] as? [[String: Any]])?.first)
    }
    let hash = try #require(try places(first)["sha256"] as? String)
    #expect(try places(first)["isolation"] as? String == "worker")
    #expect(first.stop() == 0)
    let second = try start("--in-process", hash)
    #expect(try places(second)["isolation"] as? String == "in-process")
    #expect(try analyze("敖汉旗。", second).isEmpty)
    #expect(second.stop() == 0)
  }

  @Test(
    "shows what protects the machine, and refuses to run where a demanded protection is missing")
  func protections() throws {
    let object = try CommandLineTool.json(["doctor"])
    let entries = try #require(object["protections"] as? [[String: Any]])
    let held = entries.filter { $0["state"] as? String == "yes" }.compactMap {
      $0["name"] as? String
    }
    for name in ["landlock", "seccomp", "no-new-privs", "pdeathsig"] {
      #expect(entries.contains { $0["name"] as? String == name })
    }
    let table = try CommandLineTool.run(["doctor"])
    #expect(table.status == 0 && table.output.contains("seccomp"))
    let arguments = held.flatMap { ["--require-protection", $0] }
    let daemon = try RunningDaemon(data: data, plugins: plugins, arguments: arguments)
    #expect(try CommandLineTool.run(["--host", daemon.address, "plugin", "list"]).status == 0)
    #expect(daemon.stop() == 0)
    let refused = try Program.run(
      "\(Repository.products)/duikoud",
      ["--data", data, "--plugins", plugins, "--require-protection", "moat"])
    #expect(refused.status == 1 && refused.errors.contains("moat"))
  }
}
