import CDuikou
import DuikouHost
import DuikouModel
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import DuikouPipeline

@Suite("Documents that are analysed together")
struct BatchTests {
  private let folder: TemporaryFolder
  private let host: PluginHost

  init() throws {
    folder = try TemporaryFolder()
    host = PluginHost(
      cacheFolder: "\(folder.path)/cache",
      logger: .silent)
  }

  /// The beginning of an extractor: `row` is each document's, `i` its index, `text` its text.
  private static func each(_ body: String) -> String {
    """
    const dk_table *documents = dk_find(call->image, DK_DOCUMENT);
    for (uint32_t i = 0; documents && i < documents->row_count; i++) {
      const dk_document *row = dk_row_at(call->image, documents, i);
      const char *text = dk_text(call->image) + row->text.off;
      (void)text;
      \(body)
    }
    return DK_OK;
    """
  }

  /// Appends a place with the document's first character as its name, and how many documents there are as
  /// its code, and a mention of it.
  private static let found = """
    dk_ref made;
    dk_place *place = call->append(call, DK_PLACE, 1, &made);
    dk_mention *mention = call->append(call, DK_MENTION, 1, NULL);
    if (!place || !mention) return DK_INTERNAL;
    place->row.document = mention->row.document = i + 1;
    place->row.evidence = mention->row.evidence = (dk_span){row->text.off, 3};
    place->name = call->intern(call, text, 3);
    place->code = (int32_t)documents->row_count;
    mention->entity = made;
    """

  private static func plugin(
    _ body: String, id: String = "cn.example.finder", isBatched: Bool = true
  ) -> String {
    CompiledPlugin.source(
      id: id, before: "#include <stdlib.h>\n#include <string.h>", body: body,
      method: isBatched ? ", .flags = DK_PURE | DK_BATCHED" : "")
  }

  private func pipeline(_ sources: [String], limits: Limits = Limits()) throws -> Pipeline {
    let files = try sources.enumerated().map { index, source in
      try CompiledPlugin.compile(source, named: "lib\(index).so", in: folder)
    }
    for listing in try host.load(files: files) {
      try #require(listing.state == .active, "\(listing.reason?.message ?? "")")
    }
    return Pipeline(host: host, limits: limits)
  }

  private func source(_ text: String) -> DocumentSource {
    DocumentSource(
      uri: "\(text.prefix(5)).txt", bytes: Array(text.utf8), sha256: "hash of \(text.prefix(5))")
  }

  /// The places of each document, as "name code", or the code of its error.
  private func places(_ results: [Result<Analysis, DuikouError>]) -> [String] {
    results.map { result in
      switch result {
      case .success(let analysis):
        let image = analysis.image
        return image.rows(dk_place.self).map {
          "\(image.string($0.name) ?? "") \($0.code)"
        }.joined(separator: ", ")
      case .failure(let error): return "\(error.code)"
      }
    }
  }

  @Test("have the same records as by themselves")
  func same() async throws {
    let found = Self.found.replacing("documents->row_count", with: "7")
    let pipeline = try pipeline([Self.plugin(Self.each(found))])
    let sources = ["旗下一", "县下二", "市下三"].map(source)
    let together = await pipeline.analyze(sources)
    for (source, result) in zip(sources, together) {
      let alone = try await pipeline.analyze(source)
      let analysis = try result.get()
      #expect(analysis.records() == alone.records())
      #expect(analysis.title == alone.title && analysis.uri == alone.uri && analysis.isComplete)
      #expect(analysis.stages.map(\.rows) == [2] && analysis.failures.isEmpty)
      #expect(analysis.image.rows(dk_run.self).map(\.rows) == [2])
    }
  }

  @Test(
    "go in one call where all extractors say so, but for large ones and those that are tried again")
  func sizes() async throws {
    let pipeline = try pipeline([Self.plugin(Self.each(Self.found))])
    var sources = ["旗下一", "县下二", "市" + String(repeating: "。", count: 50_000), "盟下四"].map(source)
    #expect(places(await pipeline.analyze(sources)) == ["旗 3", "县 3", "市 1", "盟 3"])
    sources[0].isRetried = true
    #expect(places(await pipeline.analyze(sources)) == ["旗 1", "县 2", "市 1", "盟 2"])
    let medium = ["旗", "县", "市"].map { source($0 + String(repeating: "。", count: 40_000)) }
    #expect(places(await pipeline.analyze(medium)) == ["旗 2", "县 2", "市 1"])
    let many = (0..<40).map { _ in source("旗下一") }
    let counts = places(await pipeline.analyze(many))
    #expect(counts == Array(repeating: "旗 32", count: 32) + Array(repeating: "旗 8", count: 8))
  }

  @Test("go one by one where an extractor does not say so")
  func unbatched() async throws {
    let pipeline = try pipeline([
      Self.plugin(Self.each(Self.found)),
      Self.plugin(Self.each(""), id: "cn.example.other", isBatched: false),
    ])
    #expect(places(await pipeline.analyze(["旗下一", "县下二"].map(source))) == ["旗 1", "县 1"])
  }

  @Test("do not take one another along when one cannot be read")
  func unreadable() async throws {
    let pipeline = try pipeline([Self.plugin(Self.each(Self.found))])
    var sources = ["旗下一", "县下二", "市下三"].map(source)
    sources[1].bytes = [0xff, 0xff]
    #expect(places(await pipeline.analyze(sources)) == ["旗 2", "INVALID_ARGUMENT", "市 2"])
    #expect(await pipeline.analyze([]).isEmpty)
  }

  @Test(
    "are analysed one by one where an extractor fails over one, or leaves open to which one rows belong",
    arguments: [
      "if (text[0] == '!') return call->fail(call, DK_INTERNAL, \"bad\", 3);",
      "if (text[0] == '!') place->row.document = place->row.evidence.len = 0;",
      "if (text[0] == '!') place->row.evidence = (dk_span){0, 3};",
      "if (text[0] == '!') mention->entity.row = 1;",
    ])
  func fallback(_ flaw: String) async throws {
    let pipeline = try pipeline([Self.plugin(Self.each("\(Self.found)\n\(flaw)"))])
    let sources = ["旗下一", "!!!县下二", "市下三"].map(source)
    let results = await pipeline.analyze(sources)
    let codes = results.map { result in
      (try? result.get()).map { $0.image.rows(dk_place.self).map(\.code) }
    }
    let isFailing = flaw.contains("fail")
    #expect(codes == [[1], isFailing ? [] : [1], [1]])
    #expect(try results[1].get().failures.map(\.message) == (isFailing ? ["bad"] : []))
    #expect(try results[0].get().failures.isEmpty && results[2].get().failures.isEmpty)
  }

  @Test("keep what a reader has said of them")
  func read() async throws {
    let reader = CompiledPlugin.source(
      id: "cn.example.pages",
      body: """
        const dk_content *file =
            dk_row_at(call->image, dk_find(call->image, DK_CONTENT), 0);
        const char *bytes = dk_string(call->image, file->bytes);
        dk_piece *piece = call->append(call, DK_PIECE, 1, NULL);
        if (!piece) return DK_INTERNAL;
        piece->text = call->intern(call, bytes + 6, file->bytes.len - 6);
        piece->part = call->intern(call, bytes + 6, 3);
        return DK_OK;
        """, method: ", .media = \"text/html\"",
      uses:
        "{DK_CONTENT, sizeof(dk_content), DK_READ, 0}, {DK_PIECE, sizeof(dk_piece), DK_WRITE, 0},"
    ).replacing("DK_EXTRACTOR", with: "DK_READER")
    let pipeline = try pipeline([reader, Self.plugin(Self.each(Self.found))])
    var sources = ["<html>旗下一", "<html>县下二", "市下三"].map(source)
    for index in 0..<2 { sources[index].uri = "\(index).html" }
    let results = await pipeline.analyze(sources)
    #expect(places(results) == ["旗 3", "县 3", "市 3"])
    for (result, part) in zip(results, ["旗", "县"]) {
      let image = try result.get().image
      #expect(image.rows(dk_piece.self).map { image.string($0.part) } == [part])
      #expect(image.rows(dk_piece.self).map(\.row.run) == [1])
      #expect(
        image.rows(dk_run.self).map { image.string($0.plugin) } == [
          "cn.example.pages", "cn.example.finder",
        ])
    }
  }

  @Test("end together where nobody waits for them any more, which is nobody's failure")
  func cancelled() async throws {
    let pipeline = try pipeline([
      Self.plugin("while (!dk_cancelled(call)) continue; return DK_CANCELLED;")
    ])
    for _ in 0..<4 {
      let task = Task { await pipeline.analyze(["旗下一", "县下二"].map(source)) }
      try await Task.sleep(for: .milliseconds(50))
      task.cancel()
      #expect(places(await task.value) == ["CANCELLED", "CANCELLED"])
    }
    #expect(pipeline.batching.isAllowed(host.registry))
  }

  @Test("are analysed one by one where strings overlap, and copies of them would grow without end")
  func overlaps() async throws {
    let pipeline = try pipeline([
      Self.plugin(
        """
        static char text[60000];
        memset(text, 'a', sizeof text);
        dk_str all = call->intern(call, text, sizeof text);
        dk_place *places = call->append(call, DK_PLACE, 100, NULL);
        if (!places) return DK_INTERNAL;
        for (uint32_t i = 0; i < 100; i++) {
          places[i].row.document = 1;
          places[i].code = (int32_t)dk_count(call->image, DK_DOCUMENT);
          places[i].name = (dk_str){all.off + i, all.len - i};
        }
        return DK_OK;
        """)
    ])
    for result in await pipeline.analyze(["旗下一", "县下二"].map(source)) {
      let image = try result.get().image
      #expect(image.rows(dk_place.self).map(\.code) == Array(repeating: 1, count: 100))
    }
  }

  @Test("are told apart for methods that read rows which name none")
  func waves() async throws {
    let writer = CompiledPlugin.source(
      id: "cn.example.writer",
      body: """
        for (uint32_t i = 0; i < call->image->text_size; i++) {
          if (dk_text(call->image)[i] != '!') continue;
          dk_place *place = call->append(call, DK_PLACE, 1, NULL);
          if (!place) return DK_INTERNAL;
          place->row.evidence = (dk_span){i, 1};
        }
        return DK_OK;
        """, method: ", .flags = DK_BATCHED", uses: "{DK_PLACE, sizeof(dk_place), DK_WRITE, 0},")
    let reader = CompiledPlugin.source(
      id: "cn.example.reader",
      body: """
        const dk_table *places = dk_find(call->image, DK_PLACE);
        for (uint32_t i = 0; places && i < places->row_count; i++) {
          const dk_place *place = dk_row_at(call->image, places, i);
          dk_mention *mention = call->append(call, DK_MENTION, 1, NULL);
          if (!mention) return DK_INTERNAL;
          mention->row.document = place->row.document ? place->row.document : 1;
          mention->row.evidence = place->row.evidence;
        }
        return DK_OK;
        """, method: ", .flags = DK_BATCHED",
      uses:
        "{DK_PLACE, sizeof(dk_place), DK_READ, 0}, {DK_MENTION, sizeof(dk_mention), DK_WRITE, 0},"
    )
    let pipeline = try pipeline([writer, reader])
    let results = await pipeline.analyze(["旗", "县!", "!市!"].map(source))
    #expect(
      try results.map { try $0.get().image.rows(dk_mention.self).map(\.row.evidence.off) } == [
        [], [3], [0, 4],
      ])
    #expect(pipeline.batching.isAllowed(host.registry))
  }

  @Test("are those in whose text a row was read, where it does not name one")
  func evidence() async throws {
    let pipeline = try pipeline([
      CompiledPlugin.source(
        body: """
          const char *text = dk_text(call->image);
          for (uint32_t i = 0; i + 1 < call->image->text_size; i++) {
            if (text[i] < '1' || text[i] > '5' || text[i + 1] != 'A') continue;
            dk_place *place = call->append(call, DK_PLACE, 1, NULL);
            if (!place) return DK_INTERNAL;
            place->row.evidence = (dk_span){i, 2};
            place->name = call->intern(call, text + i, 2);
            place->code = (int32_t)dk_count(call->image, DK_DOCUMENT);
          }
          return DK_OK;
          """, method: ", .flags = DK_BATCHED")
    ])
    let sources = ["5A级", "旗", "先4A级，后3A级"].map(source)
    #expect(places(await pipeline.analyze(sources)) == ["5A 3", "", "4A 3, 3A 3"])
    // Nothing is read from the end of one into the next.
    #expect(places(await pipeline.analyze(["县5", "A级"].map(source))) == ["", ""])
  }

  @Test("do not wait for long where an extractor hangs over them together")
  func hanging() async throws {
    let hang = "while (documents->row_count > 1) continue;"
    let pipeline = try pipeline(
      [Self.plugin(Self.each("\(hang)\n\(Self.found)"))],
      limits: Limits(callTimeout: .seconds(6)))
    #expect(places(await pipeline.analyze(["旗下一", "县下二"].map(source))) == ["旗 1", "县 1"])
  }

  @Test("are not tried together for ever where that never works")
  func givingUp() async throws {
    let flaw = "if (documents->row_count > 1) return DK_INTERNAL;"
    let pipeline = try pipeline([Self.plugin(Self.each("\(flaw)\n\(Self.found)"))])
    for _ in 0..<5 {
      #expect(places(await pipeline.analyze(["旗下一", "县下二"].map(source))) == ["旗 1", "县 1"])
    }
    #expect(!pipeline.batching.isAllowed(host.registry))
  }

  @Test("may fail together once for many that go well, however many have gone well before")
  func credit() throws {
    _ = try pipeline([Self.plugin(Self.each(Self.found))])
    let (batching, registry) = (Batching(), host.registry)
    for _ in 0..<1000 { batching.went(together: 32, registry) }
    for _ in 0..<3 {
      #expect(batching.isAllowed(registry))
      batching.failed(registry)
    }
    for _ in 1..<Batching.documentsPerFailure { batching.went(alone: registry) }
    #expect(!batching.isAllowed(registry))
    batching.went(alone: registry)
    #expect(batching.isAllowed(registry))
    batching.failed(registry)
    #expect(!batching.isAllowed(registry))
  }

  @Test("meet the plugins of the moment when their turn comes, and say which")
  func arrival() async throws {
    let first = try CompiledPlugin.compile(
      Self.plugin(Self.each(Self.found), isBatched: false), named: "libfirst.so", in: folder)
    let second = try CompiledPlugin.compile(
      Self.plugin(Self.each(""), id: "cn.example.other"), named: "libsecond.so", in: folder)
    _ = try host.load(files: [first])
    let pipeline = Pipeline(host: host)
    let before = host.registry.fingerprint
    let found = Mutex<[Analysis]>([])
    await pipeline.analyze(["旗下一", "县下二", "市下三"].map(source)) { index, result in
      if index == 0 { _ = try? host.load(files: [first, second]) }
      found.withLock { $0 += [try? result.get()].compactMap { $0 } }
    }
    let after = host.registry.fingerprint
    #expect(after != before)
    #expect(found.withLock { $0.map(\.stages.count) } == [1, 2, 2])
    #expect(found.withLock { $0.map(\.plugins) } == [before, after, after])
  }

  @Test("leave out one that an extractor did not survive twice")
  func setAside() async throws {
    let crash = "if (text[0] == '!') abort();"
    let pipeline = try pipeline([Self.plugin(Self.each("\(crash)\n\(Self.found)"))])
    let sources = ["旗下一", "!!!县下二", "市下三"].map(source)
    var last: [Result<Analysis, DuikouError>] = []
    for _ in 0..<3 {
      last = await pipeline.analyze(sources)
      #expect(places(last).filter { !$0.isEmpty }.count == 2)
    }
    #expect(places(last) == ["旗 2", "", "市 2"])
    #expect(try last[1].get().failures.map(\.code) == [.failedPrecondition])
  }

  @Test("are an attempt, which is not counted against a plugin that does not survive it")
  func attempts() async throws {
    _ = try pipeline([Self.plugin("(void)call; abort();")])
    let runner = try #require(host.registry.methods(.extractor).first?.runner)
    var builder = ImageBuilder()
    builder.append(document: "旗".utf8, uri: "", title: "")
    var request = CallRequest(
      method: 0, image: try builder.build(), schema: host.registry.schema)
    for isAttempt in [true, false] {
      request.isAttempt = isAttempt
      for _ in 0..<5 {
        await #expect(throws: DuikouError.self) { try await runner.call(request) }
      }
      #expect((runner.refusal(of: "") == nil) == isAttempt)
    }
  }

  @Test(
    "are told of one after the other, as if each had been alone, and as soon as there is something to tell",
    arguments: [true, false])
  func events(isBatched: Bool) async throws {
    let pipeline = try pipeline([Self.plugin(Self.each(Self.found), isBatched: isBatched)])
    let count = isBatched ? 2 : 1
    let told = Mutex<[String]>([])
    await pipeline.analyze(["旗下一", "县下二"].map(source)) { index, event in
      let name =
        switch event {
        case .started(let stages): "started \(stages)"
        case .stageFinished(let stage): "\(stage.method) \(stage.rows)"
        case .stageFailed(let failure): failure.message
        }
      told.withLock { $0.append("\(index) \(name)") }
    } onResult: { index, result in
      told.withLock { $0.append("\(index) \(places([result]))") }
    }
    #expect(
      told.withLock { $0 } == [
        "0 started 1", "0 Test 2", "0 [\"旗 \(count)\"]",
        "1 started 1", "1 Test 2", "1 [\"县 \(count)\"]",
      ])
  }

  @Test(
    "end where whoever listens has enough of one, unless they are done already, and others go on",
    arguments: [(false, ["CANCELLED", "县 1"]), (true, ["旗 2", "县 2"])])
  func enough(isBatched: Bool, expected: [String]) async throws {
    let pipeline = try pipeline([Self.plugin(Self.each(Self.found), isBatched: isBatched)])
    let told = Mutex<[String]>([])
    await pipeline.analyze(["旗下一", "县下二"].map(source)) { (index, _) throws(DuikouError) in
      if index == 0 { throw DuikouError(.cancelled, "enough") }
    } onResult: { _, result in
      told.withLock { $0 += places([result]) }
    }
    #expect(told.withLock { $0 } == expected)
  }

  @Test(
    "are read in groups that give every job some, and are no larger than a small document",
    arguments: [
      ([10, 10, 10, 10], 1, [0..<4]), ([10, 10, 10, 10], 2, [0..<2, 2..<4]),
      ([10, 10], 4, [0..<1, 1..<2]), ([], 2, []),
      ([1 << 20, 10, 10, 2 << 20, 10], 1, [0..<1, 1..<3, 3..<4, 4..<5]),
      (Array(repeating: 1, count: 70), 1, [0..<32, 32..<64, 64..<70]),
    ] as [([Int], Int, [Range<Int>])])
  func groups(_ sizes: [Int], _ jobs: Int, _ groups: [Range<Int>]) {
    #expect(Pipeline.groups(ofSizes: sizes, jobs: jobs) == groups)
  }
}

extension Pipeline {
  /// A result for each document, in their order.
  fileprivate func analyze(_ sources: [DocumentSource]) async -> [Result<Analysis, DuikouError>] {
    let results = Mutex<[Int: Result<Analysis, DuikouError>]>([:])
    await analyze(sources) { index, result in results.withLock { $0[index] = result } }
    let found = results.withLock { $0 }
    return sources.indices.map {
      found[$0] ?? .failure(DuikouError(.internalError, "it was not analysed"))
    }
  }
}
