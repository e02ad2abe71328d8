import DuikouAPI
import DuikouClient
import DuikouModel
import Foundation
import GRPCCore
import TestSupport
import Testing

@Suite("The daemon's services")
struct ServiceTests {
  private let folder: TemporaryFolder
  private let daemon: RunningDaemon

  init() throws {
    folder = try TemporaryFolder()
    daemon = try RunningDaemon(
      data: "\(folder.path)/data",
      plugins: try folder.plugins(["segments", "places", "markdown"]))
  }

  private func connected<Value>(
    _ body: (DaemonConnection) async throws -> Value
  ) async throws -> Value {
    let connection = try await DaemonConnection(try DaemonAddress(daemon.address))
    do {
      let value = try await body(connection)
      await connection.close()
      return value
    } catch {
      await connection.close()
      throw error
    }
  }

  private func put(
    _ text: String, as uri: String = "note.txt", title: String = "", published: String = "",
    to connection: DaemonConnection
  ) async throws -> Duikou_V1_PutDocumentResponse {
    try await connection.documents.putDocument { writer in
      var header = Duikou_V1_PutDocumentRequest()
      header.header.uri = uri
      header.header.title = title
      header.header.published = published
      try await writer.write(header)
      for byte in text.utf8 {
        var chunk = Duikou_V1_PutDocumentRequest()
        chunk.chunk = Data([byte])
        try await writer.write(chunk)
      }
    }
  }

  @Test("keep documents: put, got, listed page by page, deleted")
  func documents() async throws {
    try await connected { connection in
      let first = try await put("敖汉旗\n", to: connection)
      #expect(first.created && first.id.count == 64)
      #expect(try await put("敖汉旗\n", to: connection).created == false)
      let second = try await put("海淀区", title: "另一份", to: connection)

      var get = Duikou_V1_GetDocumentRequest()
      get.id = first.id
      let parts = try await connection.documents.getDocument(get) { response in
        var parts: [Duikou_V1_GetDocumentResponse] = []
        for try await part in response.messages { parts.append(part) }
        return parts
      }
      #expect(parts.first?.document.title == "敖汉旗" && parts.first?.document.uri == "note.txt")
      #expect(parts.dropFirst().reduce(Data()) { $0 + $1.chunk } == Data("敖汉旗\n".utf8))

      var list = Duikou_V1_ListDocumentsRequest()
      list.pageSize = 1
      var page = try await connection.documents.listDocuments(list)
      #expect(page.documents.map(\.title) == ["另一份"])
      list.pageToken = page.nextPageToken
      page = try await connection.documents.listDocuments(list)
      #expect(page.documents.map(\.id) == [first.id] && page.nextPageToken.isEmpty)

      var delete = Duikou_V1_DeleteDocumentRequest()
      delete.id = second.id
      _ = try await connection.documents.deleteDocument(delete)
      let error = await #expect(throws: RPCError.self) {
        _ = try await connection.documents.deleteDocument(delete)
      }
      #expect(error?.code == .notFound)
    }
  }

  @Test("take the day on which a document was published, and none that is none")
  func published() async throws {
    try await connected { connection in
      let put = try await put("2月3日，座谈。", published: "2026-02-04", to: connection)
      let list = try await connection.documents.listDocuments(.init())
      #expect(list.documents.map(\.published) == ["2026-02-04"])
      var records = Duikou_V1_ListRecordsRequest()
      records.documentID = put.id
      records.types = ["duikou.document"]
      let found = try await connection.analyses.listRecords(records) { response in
        var found: [Duikou_V1_Record] = []
        for try await message in response.messages { found += message.records }
        return found
      }
      #expect(found.first?.fields.first { $0.name == "published" }?.value.date == 20_488)
      let error = await #expect(throws: RPCError.self) {
        _ = try await self.put("又一份", published: "2026-02-30", to: connection)
      }
      #expect(error?.code == .invalidArgument)
    }
  }

  @Test("may be connected to without a call")
  func noCall() async throws {
    for _ in 0..<100 { try await connected { _ in } }
  }

  @Test("take no document without its header")
  func noHeader() async throws {
    try await connected { connection in
      for parts in [[], ["chunk"], ["header", "header"]] {
        let error = await #expect(throws: RPCError.self) {
          _ = try await connection.documents.putDocument { writer in
            for part in parts {
              var message = Duikou_V1_PutDocumentRequest()
              if part == "header" { message.header = .init() } else { message.chunk = Data([1]) }
              try await writer.write(message)
            }
          }
        }
        #expect(error?.code == .invalidArgument)
      }
    }
  }

  @Test("tell how an analysis goes, and go on behind a document that cannot be read")
  func analyze() async throws {
    try await connected { connection in
      let good = try await put("敖汉旗与海淀区", to: connection)
      let bad = try await put(" \n", to: connection)
      let events = try await connection.analyses.analyze(.init()) { response in
        var events: [Duikou_V1_AnalyzeEvent] = []
        for try await event in response.messages { events.append(event) }
        return events
      }
      #expect(events.first?.started.documents == 2 && events.first?.started.methods == 2)
      let finished = events.first { $0.documentID == good.id && $0.finished != .init() }
      #expect(finished?.finished.counts["duikou.place"] == 2)
      #expect(events.count { $0.documentID == good.id && !$0.stage.plugin.isEmpty } == 2)
      let failed = events.first { $0.documentID == bad.id }
      #expect(failed?.failure.code == 3 && failed?.failure.plugin.isEmpty == true)

      var none = Duikou_V1_AnalyzeRequest()
      none.documentIds = ["nobody"]
      let error = await #expect(throws: RPCError.self) {
        try await connection.analyses.analyze(none) { response in
          for try await _ in response.messages {}
        }
      }
      #expect(error?.code == .notFound)
    }
  }

  @Test("go on behind a document whose reader gives up as if it had been cancelled")
  func givenUp() async throws {
    let file = try CompiledPlugin.compile(
      CompiledPlugin.source(
        id: "cn.example.pages", body: "(void)call; return DK_CANCELLED;",
        method: ", .media = \"text/html\"",
        uses:
          "{DK_CONTENT, sizeof(dk_content), DK_READ, 0}, {DK_PIECE, sizeof(dk_piece), DK_WRITE, 0},"
      ).replacing("DK_EXTRACTOR", with: "DK_READER"), named: "libpages.so", in: folder)
    try FileManager.default.moveItem(
      atPath: file, toPath: "\(folder.path)/plugins/libpages.so")
    try await connected { connection in
      while try await !connection.plugins.listPlugins(.init()).plugins.contains(where: {
        $0.id == "cn.example.pages"
      }) { try await Task.sleep(for: .milliseconds(20)) }
      let page = try await put("<!DOCTYPE html><html>敖汉旗</html>", as: "a.html", to: connection)
      let note = try await put("敖汉旗", to: connection)
      var request = Duikou_V1_AnalyzeRequest()
      request.documentIds = [page.id, note.id]
      let events = try await connection.analyses.analyze(request) { response in
        var events: [Duikou_V1_AnalyzeEvent] = []
        for try await event in response.messages { events.append(event) }
        return events
      }
      let lasts = [page.id, note.id].map { id in events.last { $0.documentID == id } }
      #expect(lasts[0]?.failure.code == 1 && lasts[1]?.finished.title == "敖汉旗")
    }
  }

  @Test("analyse many small documents, each with its own stages and records")
  func manyDocuments() async throws {
    try await connected { connection in
      let places = ["敖汉旗", "海淀区", "密云区", "通辽市"]
      var ids: [String] = []
      for number in 0..<40 {
        ids.append(try await put("\(places[number % 4])第\(number)次。", to: connection).id)
      }
      var request = Duikou_V1_AnalyzeRequest()
      request.documentIds = ids
      let events = try await connection.analyses.analyze(request) { response in
        var events: [Duikou_V1_AnalyzeEvent] = []
        for try await event in response.messages { events.append(event) }
        return events
      }
      for (number, id) in ids.enumerated() {
        let own = events.filter { $0.documentID == id }
        #expect(own.map { $0.stage.method } == ["Segments", "Places", ""])
        #expect(own.last?.finished.title == "\(places[number % 4])第\(number)次。")
        var list = Duikou_V1_ListRecordsRequest()
        list.documentID = id
        list.types = ["duikou.place"]
        let records = try await records(list, of: connection)
        #expect(records.map { $0.evidence?.text } == [places[number % 4]])
        #expect(records.map { $0.evidence?.range } == [0..<9])
      }
    }
  }

  private func records(
    _ request: Duikou_V1_ListRecordsRequest, of connection: DaemonConnection
  ) async throws -> [Record] {
    try await connection.analyses.listRecords(request) { response in
      var records: [Record] = []
      for try await page in response.messages { records += page.records.map(Record.init) }
      return records
    }
  }

  @Test("give records by type, and stream a report about all documents")
  func recordsAndReport() async throws {
    try await connected { connection in
      let document = try await put("敖汉旗与海淀区", to: connection)
      var list = Duikou_V1_ListRecordsRequest()
      list.documentID = document.id
      list.types = ["duikou.place"]
      let records = try await records(list, of: connection)
      #expect(records.compactMap { $0["code"] } == [.uint(150430), .uint(110108)])

      var render = Duikou_V1_RenderReportRequest()
      render.format = "markdown"
      let pieces = try await connection.analyses.renderReport(render) { response in
        var pieces: [Duikou_V1_RenderReportResponse] = []
        for try await piece in response.messages { pieces.append(piece) }
        return pieces
      }
      #expect(pieces.first?.mediaType == "text/markdown; charset=utf-8")
      let text = String(decoding: pieces.reduce(Data()) { $0 + $1.chunk }, as: UTF8.self)
      #expect(text.contains("| 敖汉旗 | 150430 |"))
    }
  }

  @Test("give the records of a document that is longer than a message, and count it once")
  func longDocument() async throws {
    try await connected { connection in
      let text =
        String(repeating: "敖汉旗与海淀区。", count: 40) + String(repeating: "\n文", count: 1_500_000)
      let put = try await connection.documents.putDocument { writer in
        var message = Duikou_V1_PutDocumentRequest()
        message.header.uri = "long.txt"
        try await writer.write(message)
        var rest = Data(text.utf8)[...]
        while !rest.isEmpty {
          message.chunk = rest.prefix(1 << 20)
          try await writer.write(message)
          rest = rest.dropFirst(1 << 20)
        }
      }
      var list = Duikou_V1_ListRecordsRequest()
      list.documentID = put.id
      list.types = ["duikou.document", "duikou.place"]
      let records = try await connection.analyses.listRecords(list) { response in
        var records: [Record] = []
        for try await page in response.messages { records += page.records.map(Record.init) }
        return records
      }
      guard case .span(let whole)? = records.first?["text"] else {
        Issue.record("\(records.prefix(3))")
        return
      }
      #expect(whole.range == 0..<text.utf8.count && whole.text.utf8.count <= 4096)
      #expect(records.count == 3)

      var render = Duikou_V1_RenderReportRequest()
      render.format = "markdown"
      render.documentIds = Array(repeating: put.id, count: 5000)
      let report = try await connection.analyses.renderReport(render) { response in
        var report = Data()
        for try await piece in response.messages { report += piece.chunk }
        return String(decoding: report, as: UTF8.self)
      }
      #expect((1...2).contains(report.split(separator: "\n").count { $0.contains("long.txt") }))
    }
  }

  @Test("take no title or address that is longer than any")
  func longTitle() async throws {
    try await connected { connection in
      let error = await #expect(throws: RPCError.self) {
        _ = try await put("敖汉旗", title: String(repeating: "题", count: 400), to: connection)
      }
      #expect(error?.code == .invalidArgument)
    }
  }

  @Test("tell their health, and that they stop")
  func health() async throws {
    try await connected { connection in
      var check = Grpc_Health_V1_HealthCheckRequest()
      #expect(try await connection.health.check(check).status == .serving)
      check.service = "duikou.v1.Analyses"
      #expect(try await connection.health.check(check).status == .serving)
      check.service = "nobody"
      let error = await #expect(throws: RPCError.self) { try await connection.health.check(check) }
      #expect(error?.code == .notFound)
      check.service = ""
      let seen = try await connection.health.watch(check) { response in
        var seen: [Grpc_Health_V1_HealthCheckResponse.ServingStatus] = []
        for try await message in response.messages {
          seen.append(message.status)
          if seen.count == 1 { daemon.send(SIGTERM) }
        }
        return seen
      }
      #expect(seen == [.serving, .notServing])
    }
    #expect(daemon.wait() == 0)
  }

  @Test("let a running call end when the daemon is told to stop")
  func drain() async throws {
    let source = CompiledPlugin.source(
      id: "cn.example.slow", before: "#include <threads.h>",
      body: """
        struct timespec second = {1, 0};
        thrd_sleep(&second, NULL);
        return call->append(call, DK_PLACE, 1, NULL) ? DK_OK : DK_INTERNAL;
        """)
    let file = try CompiledPlugin.compile(source, named: "slow/libslow.so", in: folder)
    let slow = try RunningDaemon(
      data: "\(folder.path)/slow-data", plugins: (file as NSString).deletingLastPathComponent)
    let connection = try await DaemonConnection(try DaemonAddress(slow.address))
    let document = try await put("敖汉旗", to: connection)
    var request = Duikou_V1_AnalyzeRequest()
    request.documentIds = [document.id]
    let events = try await connection.analyses.analyze(request) { response in
      var events: [Duikou_V1_AnalyzeEvent] = []
      for try await event in response.messages {
        events.append(event)
        if events.count == 1 { slow.send(SIGTERM) }
      }
      return events
    }
    #expect(events.last?.finished.counts["duikou.place"] == 1)
    await connection.close()
    #expect(slow.wait() == 0)
    #expect(slow.messages.contains("stopped"))
  }
}
