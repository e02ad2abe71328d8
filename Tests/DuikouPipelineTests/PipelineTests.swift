import DuikouHost
import DuikouModel
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import DuikouPipeline

@Suite("The pipeline")
struct PipelineTests {
  private let folder: TemporaryFolder
  private let host: PluginHost

  init() throws {
    folder = try TemporaryFolder()
    host = PluginHost(
      cacheFolder: "\(folder.path)/cache",
      logger: .silent)
  }

  private let document = DocumentSource(uri: "a.txt", bytes: Array("标题\n正文。".utf8))

  /// An extractor that appends one place with the code 7.
  private static let writer = CompiledPlugin.source(
    id: "cn.example.writer",
    body: """
      dk_place *place = call->append(call, DK_PLACE, 1, NULL);
      if (!place) return DK_INTERNAL;
      place->code = 7;
      return DK_OK;
      """, uses: "{DK_PLACE, sizeof(dk_place), DK_WRITE, 0},")

  /// An extractor that appends a person for each place there is.
  private static let reader = CompiledPlugin.source(
    id: "cn.example.reader",
    body: """
      uint32_t count = dk_count(call->image, DK_PLACE);
      return call->append(call, DK_PERSON, count, NULL) ? DK_OK : DK_INTERNAL;
      """,
    uses: """
      {DK_PLACE, sizeof(dk_place), DK_READ, 0}, {DK_PERSON, sizeof(dk_person), DK_WRITE, 0},
      """)

  private static let failing = CompiledPlugin.source(
    id: "cn.example.failing",
    body: "return call->fail(call, DK_UNAVAILABLE, \"no table\", 8);")

  /// A report that writes the header `lang` in two pieces, forty times.
  private static let report = CompiledPlugin.source(
    id: "cn.example.report",
    body: """
      for (int i = 0; i < 40; i++) {
        dk_content *content = call->append(call, DK_CONTENT, 2, NULL);
        if (!content) return DK_INTERNAL;
        const dk_metadata *m = call->metadata;
        content[0].bytes = call->metadata_count ? call->intern(call, m->value, m->value_len)
                                                : call->intern(call, "zh", 2);
        content[1].bytes = call->intern(call, ";", 1);
        dk_status status = call->flush(call);
        if (status != DK_OK) return status;
      }
      return DK_OK;
      """, method: ", .role = DK_REPORT, .media = \"text/plain\"",
    uses: "{DK_CONTENT, sizeof(dk_content), DK_WRITE, 0},"
  ).replacing(".role = DK_EXTRACTOR, ", with: "")

  private func pipeline(_ sources: [String], limits: Limits = Limits()) throws -> Pipeline {
    let files = try sources.enumerated().map { index, source in
      try CompiledPlugin.compile(source, named: "lib\(index).so", in: folder)
    }
    for listing in try host.load(files: files) {
      try #require(listing.state == .active, "\(listing.reason?.message ?? "")")
    }
    return Pipeline(host: host, limits: limits)
  }

  @Test("runs a method behind those that write what it reads")
  func waves() async throws {
    let analysis = try await pipeline([Self.reader, Self.writer]).analyze(document)
    #expect(analysis.failures.isEmpty)
    #expect(analysis.stages.map(\.plugin) == ["cn.example.writer", "cn.example.reader"])
    #expect(analysis.stages.map(\.wave) == [0, 1])
    #expect(
      analysis.recordCounts == ["duikou.document": 1, "duikou.place": 1, "duikou.person": 1])
    #expect(analysis.records().last?.producer == "cn.example.reader 1.0.0")
    #expect(analysis.title == "标题" && analysis.uri == "a.txt")
  }

  @Test("goes on when a plugin fails, and says which and why")
  func failure() async throws {
    let events = Mutex<[String]>([])
    let analysis = try await pipeline([Self.failing, Self.writer]).analyze(document) { event in
      events.withLock { events in
        switch event {
        case .started(let stages): events.append("\(stages)")
        case .stageFinished(let stage): events.append(stage.plugin)
        case .stageFailed(let failure): events.append("\(failure.plugin) \(failure.code)")
        }
      }
    }
    #expect(
      analysis.failures == [
        StageFailure(
          plugin: "cn.example.failing", method: "Test", code: .unavailable, message: "no table")
      ])
    #expect(analysis.recordCounts["duikou.place"] == 1)
    #expect(
      events.withLock { $0 } == ["2", "cn.example.failing UNAVAILABLE", "cn.example.writer"])
    let runs = analysis.image.records(schema: analysis.schema).filter { $0.type == "duikou.run" }
    #expect(runs.compactMap { $0["status"]?.description }.sorted() == ["0", "14"])
  }

  @Test("does not run a method whose tables nobody writes")
  func unsatisfied() async throws {
    let analysis = try await pipeline([Self.reader]).analyze(document)
    #expect(analysis.stages.isEmpty)
    #expect(analysis.failures.map(\.code) == [.failedPrecondition])
    #expect(analysis.failures.first?.message.contains("duikou.place") == true)
    let run = analysis.image.records(schema: analysis.schema).first { $0.type == "duikou.run" }
    #expect(run?["status"] == .int(9), "reports can tell that it did not run")
  }

  @Test("lends a table that a method needs also where nobody has written a row to it")
  func emptyTable() async throws {
    let idle = CompiledPlugin.source(
      id: "cn.example.idle", uses: "{DK_PLACE, sizeof(dk_place), DK_WRITE, 0},")
    let needing = CompiledPlugin.source(
      id: "cn.example.needing",
      body: "return dk_find(call->image, DK_PLACE)->row_count == 0 ? DK_OK : DK_INTERNAL;",
      uses: "{DK_PLACE, sizeof(dk_place), DK_READ, 0},")
    let report = Self.report.replacing(
      "for (int i", with: "(void)dk_find(call->image, DK_AGENCY)->row_count; for (int i"
    ).replacing(
      "{DK_CONTENT,", with: "{DK_AGENCY, sizeof(dk_agency), DK_READ, 0}, {DK_CONTENT,")
    let pipeline = try pipeline([idle, needing, report])
    let analysis = try await pipeline.analyze(document)
    #expect(analysis.failures.isEmpty && analysis.stages.count == 2)
    #expect(analysis.recordCounts == ["duikou.document": 1])
    try await pipeline.render(format: "test", analyses: [analysis]) { _ in }
  }

  @Test("lets a method fail whose rows are too many, and keeps the others'")
  func budget() async throws {
    let greedy = CompiledPlugin.source(
      id: "cn.example.greedy",
      body: """
        for (;;) {
          if (!call->append(call, DK_AGENCY, 1000, NULL)) return DK_INTERNAL;
          dk_status status = call->flush(call);
          if (status != DK_OK) return status;
        }
        """, uses: "{DK_AGENCY, sizeof(dk_agency), DK_WRITE, 0},")
    let pipeline = try pipeline([Self.writer, greedy], limits: Limits(imageBytes: 1 << 20))
    let analysis = try await pipeline.analyze(document)
    #expect(analysis.failures.map(\.code) == [.resourceExhausted])
    #expect(analysis.recordCounts["duikou.place"] == 1 && analysis.image.size < 1 << 20)
    #expect(analysis.isComplete, "another try would fail as well")
    try host.load(files: [try CompiledPlugin.compile(Self.report, named: "report.so", in: folder)])
    let error = await #expect(throws: DuikouError.self) {
      try await Pipeline(host: host, limits: Limits(imageBytes: 1000))
        .render(format: "test", analyses: [analysis, analysis]) { _ in }
    }
    #expect(error?.code == .resourceExhausted)
  }

  @Test("gives records page by page, all of them, in the order of the image")
  func recordPages() async throws {
    let analysis = try await pipeline([Self.reader, Self.writer]).analyze(document)
    for bytes in [1, 250, 1 << 20] {
      var pages = analysis.recordPages(of: [], bytes: bytes)
      var records: [Record] = []
      var count = 0
      while case let page = pages.next(), !page.isEmpty {
        records += page
        count += 1
      }
      #expect(records == analysis.records())
      #expect(bytes != 1 || count == records.count)
    }
    var places = analysis.recordPages(of: ["duikou.place"], bytes: 1 << 20)
    #expect(places.next().map(\.type) == ["duikou.place"])
  }

  @Test("ends a page before the record that would overflow it")
  func fullPages() async throws {
    let wordy = CompiledPlugin.source(
      id: "cn.example.wordy", before: "#include <string.h>",
      body: """
        static char name[1000];
        memset(name, 'a', sizeof name);
        dk_place *places = call->append(call, DK_PLACE, 4, NULL);
        for (int i = 0; places && i < 4; i++)
          places[i].name = call->intern(call, name, sizeof name);
        return DK_OK;
        """, uses: "{DK_PLACE, sizeof(dk_place), DK_WRITE, 0},")
    let analysis = try await pipeline([wordy]).analyze(document)
    for (bytes, expected) in [(2500, [2, 2]), (1000, [1, 1, 1, 1]), (10_000, [4])] {
      var pages = analysis.recordPages(of: ["duikou.place"], bytes: bytes)
      var counts: [Int] = []
      while case let page = pages.next(), !page.isEmpty { counts.append(page.count) }
      #expect(counts == expected)
    }
  }

  @Test("tells whether another try could give more")
  func completeness() async throws {
    let refusing = CompiledPlugin.source(
      id: "cn.example.refusing", body: "(void)call; return DK_INVALID_ARGUMENT;")
    #expect(try await pipeline([Self.writer]).analyze(document).isComplete)
    #expect(try await pipeline([refusing]).analyze(document).isComplete)
    // Its tables will be missing the next time as well.
    #expect(try await pipeline([Self.reader]).analyze(document).isComplete)
    #expect(try await pipeline([Self.writer, Self.failing]).analyze(document).isComplete == false)
  }

  @Test("refuses a document whose title or address is longer than any")
  func longNames() async throws {
    let pipeline = try pipeline([Self.writer])
    for source in [
      DocumentSource(uri: String(repeating: "a", count: 2049), bytes: document.bytes),
      DocumentSource(uri: "a", title: String(repeating: "题", count: 342), bytes: document.bytes),
    ] {
      let error = await #expect(throws: DuikouError.self) { try await pipeline.analyze(source) }
      #expect(error?.code == .invalidArgument)
    }
  }

  @Test("ends when whoever listens has enough")
  func observer() async throws {
    let pipeline = try pipeline([Self.writer])
    let error = await #expect(throws: DuikouError.self) {
      try await pipeline.analyze(document) { (_) throws(DuikouError) in
        throw DuikouError(.cancelled, "enough")
      }
    }
    #expect(error?.code == .cancelled)
  }

  @Test("reads back an analysis that was kept as bytes, and refuses a damaged one")
  func restores() async throws {
    let pipeline = try pipeline([Self.writer])
    let analysis = try await pipeline.analyze(document)
    var bytes = analysis.image.withUnsafeBytes { Array($0) }
    let restored = try await pipeline.restore(image: bytes, plugins: "a", stages: analysis.stages)
    #expect(restored.records() == analysis.records() && restored.stages == analysis.stages)
    bytes[8] ^= 1
    let error = await #expect(throws: DuikouError.self) {
      try await pipeline.restore(image: bytes, plugins: "a")
    }
    #expect(error?.code == .dataLoss)
  }

  @Test("streams a report, in the language asked for")
  func reports() async throws {
    let pipeline = try pipeline([Self.writer, Self.report])
    #expect(pipeline.formats.map(\.name) == ["test"])
    let analysis = try await pipeline.analyze(document)
    for (language, expected) in [("", "zh;"), ("en", "en;")] {
      let pieces = Mutex<[String]>([])
      try await pipeline.render(format: "Test", analyses: [analysis], language: language) { bytes in
        pieces.withLock { $0.append(String(decoding: bytes, as: UTF8.self)) }
      }
      let text = pieces.withLock { $0 }.joined()
      #expect(text == String(repeating: expected, count: 40))
    }
  }

  @Test("ends a report whose receiver is gone")
  func stoppedReport() async throws {
    struct Gone: Error {}
    let pipeline = try pipeline([Self.writer, Self.report])
    let analysis = try await pipeline.analyze(document)
    let error = await #expect(throws: DuikouError.self) {
      try await pipeline.render(format: "test", analyses: [analysis]) { _ in throw Gone() }
    }
    #expect(error?.code == .cancelled)
  }

  @Test("names the formats there are when one is not")
  func unknownFormat() async throws {
    let pipeline = try pipeline([Self.report])
    let error = await #expect(throws: DuikouError.self) {
      try await pipeline.render(format: "pdf", analyses: []) { _ in }
    }
    #expect(error?.code == .notFound && error?.message.contains("test") == true)
    #expect(throws: DuikouError.self) { try pipeline.format(named: "pdf") }
    #expect(try pipeline.format(named: "cn.example.report/test").mediaType == "text/plain")
  }

  @Test("gives a call no more than its time")
  func timeout() async throws {
    let waiting = CompiledPlugin.source(
      body: "while (!dk_cancelled(call)) {} return DK_CANCELLED;")
    let limits = Limits(callTimeout: .milliseconds(50))
    let analysis = try await pipeline([waiting], limits: limits).analyze(document)
    #expect(analysis.failures.map(\.code) == [.deadlineExceeded])
  }
}
