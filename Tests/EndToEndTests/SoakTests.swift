import DuikouAPI
import DuikouClient
import DuikouModel
import Foundation
import GRPCCore
import TestSupport
import Testing

@Suite("A daemon under load with a plugin that fails at random")
struct SoakTests {
  /// A plugin that crashes, hangs, lies or exits over some documents, by a hash of their text.
  private static let chaos = CompiledPlugin.source(
    id: "cn.example.chaos", before: "#include <stdlib.h>",
    body: """
      const char *text = dk_text(call->image);
      uint32_t hash = 2166136261u;
      for (uint64_t i = 0; i < call->image->text_size; i++)
        hash = (hash ^ (uint8_t)text[i]) * 16777619u;
      dk_place *place = call->append(call, DK_PLACE, 1, NULL);
      if (!place) return DK_INTERNAL;
      switch (hash % 1000) {
      case 0: case 1: for (volatile int i = 0;; i++) {}
      case 2: case 3: case 4: case 5: case 6: case 7: abort();
      case 8: case 9: case 10: case 11: place->row.evidence = (dk_span){0, 1u << 30}; break;
      case 12: case 13: exit(0);
      case 14: case 15: return call->fail(call, DK_UNAVAILABLE, "no", 2);
      }
      return DK_OK;
      """)

  /// What the plugin does over a text, as it does it.
  private static func fails(_ text: String) -> Bool {
    let hash = text.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
    return hash % 1000 < 16
  }

  /// What the daemon has told.
  private struct Seen: Sendable {
    /// By document: how often it was finished.
    var finished: [String: Int] = [:]
    /// The documents that the plugin was marked for.
    var failed: Set<String> = []
    /// What failed besides.
    var others: [String] = []
    var people = 0
    var memory: [Int] = []

    mutating func take(_ event: Duikou_V1_AnalyzeEvent) {
      switch event.event {
      case .finished(let result):
        finished[event.documentID, default: 0] += 1
        people += Int(result.counts["duikou.person"] ?? 0)
      case .failure(let failure) where failure.plugin == "cn.example.chaos":
        failed.insert(event.documentID)
      case .failure(let failure):
        others.append("\(failure.plugin): \(failure.message)")
      case .started, .stage, nil: break
      }
    }
  }

  /// As many as DUIKOU_SOAK says, or few enough for every day.
  private static let count =
    ProcessInfo.processInfo.environment["DUIKOU_SOAK"].flatMap { Int($0) } ?? 2000

  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("analyses or marks every document, loses none, does none twice, and does not grow")
  func soak() async throws {
    let plugins = try folder.plugins(["segments", "places", "agencies", "people", "agreements"])
    _ = try CompiledPlugin.compile(Self.chaos, named: "plugins/libchaos.so", in: folder)
    let daemon = try RunningDaemon(
      data: "\(folder.path)/data", plugins: plugins, arguments: ["--call-timeout", "1"])
    let connection = try await DaemonConnection(try DaemonAddress(daemon.address))
    var texts: [String: String] = [:]
    for number in 0..<Self.count {
      let text = "第\(number)份：海淀区旅游发展委员会主任宋宇到敖汉旗。"
      texts[try await put(text, connection)] = text
    }
    #expect(texts.count == Self.count)

    let seen = try await connection.analyses.analyze(.init()) { response in
      var seen = Seen()
      for try await event in response.messages {
        seen.take(event)
        guard case .finished = event.event, seen.finished.count % (Self.count / 10) == 0 else {
          continue
        }
        seen.memory.append(daemon.residentBytes)
      }
      return seen
    }
    await connection.close()
    #expect(Set(seen.finished.keys) == Set(texts.keys))
    #expect(seen.finished.values.allSatisfy { $0 == 1 })
    #expect(seen.people == Self.count)
    #expect(seen.failed == Set(texts.filter { Self.fails($0.value) }.keys))
    #expect(seen.others == [])
    let memory = seen.memory.map { $0 >> 20 }
    print("documents: \(Self.count), marked: \(seen.failed.count), memory in MiB: \(memory)")
    let early = try #require(memory.dropFirst(2).first)
    #expect(try #require(memory.last) < early + 64, "\(memory)")
    #expect(daemon.stop() == 0)
  }

  private func put(_ text: String, _ connection: DaemonConnection) async throws -> String {
    try await connection.documents.putDocument { writer in
      var message = Duikou_V1_PutDocumentRequest()
      message.header.uri = "note.txt"
      try await writer.write(message)
      message.chunk = Data(text.utf8)
      try await writer.write(message)
    }.id
  }
}
