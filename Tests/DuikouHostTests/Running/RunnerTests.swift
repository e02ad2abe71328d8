import CDuikou
import DuikouModel
import Foundation
import Logging
import Synchronization
import TestSupport
import Testing

@testable import DuikouHost

@Suite("A plugin's call")
struct RunnerTests {
  /// The ways in which a plugin can run: every test holds for each.
  enum Kind: String, CaseIterable, Sendable {
    case inProcess
    case worker

    var policy: IsolationPolicy { self == .inProcess ? .inProcess : IsolationPolicy() }
  }

  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func runner(_ kind: Kind, _ source: String) throws -> any PluginRunner {
    let host = PluginHost(
      cacheFolder: "\(folder.path)/cache", policy: kind.policy,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    let file = try CompiledPlugin.compile(source, in: folder)
    let listing = try #require(try host.load(files: [file]).first)
    let id = try #require(listing.description?.id, "\(listing.reason?.message ?? "")")
    return try #require(host.registry.runners[id])
  }

  private func image(_ text: String = "北京市与赤峰市。") throws -> Image {
    var builder = ImageBuilder()
    builder.append(document: text.utf8, uri: "a", title: "b")
    return try builder.build()
  }

  private func call(
    _ runner: any PluginRunner, timeout: Duration? = .seconds(300),
    _ configure: (inout CallRequest) -> Void = { _ in }
  ) async throws -> CallResult {
    var request = CallRequest(
      method: 0, image: try image(), schema: .domain, timeout: timeout)
    configure(&request)
    return try await runner.call(request)
  }

  @Test("gives the rows that the method appends", arguments: Kind.allCases)
  func rows(_ kind: Kind) async throws {
    let runner = try runner(
      kind,
      CompiledPlugin.source(
        body: """
          dk_place *place = call->append(call, DK_PLACE, 1, NULL);
          if (!place) return DK_INTERNAL;
          place->code = (uint32_t)call->image->text_size;
          return DK_OK;
          """))
    let result = try await call(runner)
    #expect(result.rowCount == 1)
    let larger = try image().extended(
      by: [
        .init(
          deltas: result.deltas,
          run: .init(
            plugin: "a", version: "1", method: "T", status: .ok, message: "",
            elapsedNanoseconds: 1))
      ], schema: .domain)
    #expect(larger.rows(dk_place.self).map(\.code) == [24])
  }

  @Test("fails with each status and the plugin's sentence", arguments: Kind.allCases)
  func statuses(_ kind: Kind) async throws {
    let runner = try runner(
      kind,
      CompiledPlugin.source(
        body: """
          (void)call->append(call, DK_PLACE, 1, NULL);
          return call->fail(call, (dk_status)call->metadata_count, "no", 2);
          """))
    for code in StatusCode.allCases where code != .ok {
      let error = await #expect(throws: DuikouError.self) {
        try await call(runner) { request in
          request.metadata = (0..<code.rawValue).map {
            MetadataEntry(name: "name-\($0)", text: "value")
          }
        }
      }
      #expect(error?.code == code)
      #expect(error?.message == "no")
    }
  }

  @Test("that says DATA_LOSS itself has failed, and no more than that", arguments: Kind.allCases)
  func dataLoss(_ kind: Kind) async throws {
    let runner = try runner(
      kind, CompiledPlugin.source(body: "return call->fail(call, DK_DATA_LOSS, \"torn\", 4);"))
    for _ in 0..<6 {
      let error = await #expect(throws: DuikouError.self) {
        try await call(runner) { $0.document = "a" }
      }
      #expect(error?.code == .dataLoss && error?.message == "torn")
    }
  }

  @Test("that fails without a word is given one", arguments: Kind.allCases)
  func silent(_ kind: Kind) async throws {
    let runner = try runner(kind, CompiledPlugin.source(body: "(void)call; return DK_NOT_FOUND;"))
    let error = await #expect(throws: DuikouError.self) { try await call(runner) }
    #expect(error?.code == .notFound)
    #expect(error?.message.contains("Test") == true)
  }

  /// A body that breaks a promise, and what becomes of the call.
  struct Broken: Sendable, CustomTestStringConvertible {
    var name: String
    var code: StatusCode
    var body: String
    var testDescription: String { name }
  }

  @Test(
    "that breaks a promise is refused", arguments: Kind.allCases,
    [
      Broken(
        name: "appends what it did not declare", code: .internalError,
        body: "(void)call->append(call, DK_AGENCY, 1, NULL); return DK_OK;"),
      Broken(
        name: "returns no status", code: .unknown, body: "(void)call; return 4711;"),
      Broken(
        name: "writes text that is not UTF-8", code: .dataLoss,
        body: """
          dk_place *place = call->append(call, DK_PLACE, 1, NULL);
          if (place) place->name = call->intern(call, "\\xff", 1);
          return DK_OK;
          """),
      Broken(
        name: "points beyond the text", code: .dataLoss,
        body: """
          dk_place *place = call->append(call, DK_PLACE, 1, NULL);
          if (place) place->row.evidence = (dk_span){0, 1u << 30};
          return DK_OK;
          """),
      Broken(
        name: "appends without end", code: .resourceExhausted,
        body: "while (call->append(call, DK_PLACE, 1u << 20, NULL)) {} return DK_OK;"),
    ])
  func broken(_ kind: Kind, _ broken: Broken) async throws {
    let runner = try runner(kind, CompiledPlugin.source(body: broken.body))
    let error = await #expect(throws: DuikouError.self) { try await call(runner) }
    #expect(error?.code == broken.code, "\(error?.message ?? "")")
    #expect(error?.message.isEmpty == false)
  }

  /// Says that it has heard: a worker that is killed cannot.
  private static let waits = """
    while (!dk_cancelled(call)) {}
    return call->fail(call, DK_CANCELLED, "heard", 5);
    """

  @Test("ends when its deadline passes", arguments: Kind.allCases)
  func deadline(_ kind: Kind) async throws {
    let runner = try runner(kind, CompiledPlugin.source(body: Self.waits))
    var messages: [String] = []
    // On a busy machine a worker may be killed before it has heard; not each time.
    while messages.count < 20, !messages.contains("heard") {
      let error = await #expect(throws: DuikouError.self) {
        try await call(runner, timeout: .milliseconds(50)) { $0.isImpatient = true }
      }
      #expect(error?.code == .deadlineExceeded)
      messages.append(error?.message ?? "")
    }
    #expect(messages.contains("heard"), "\(messages)")
  }

  @Test("ends when its caller goes away", arguments: Kind.allCases)
  func cancellation(_ kind: Kind) async throws {
    let runner = try runner(
      kind, CompiledPlugin.source(body: "call->progress(call, 1, 2); \(Self.waits)"))
    var messages: [String] = []
    while messages.count < 20, !messages.contains("heard") {
      let (inside, entered) = AsyncStream<Void>.makeStream()
      let task = Task {
        try await call(runner, timeout: nil) { request in
          request.onProgress = { _, _ in entered.yield() }
        }
      }
      // Cancelled at any point of its way the first time, later in the middle of the method.
      if !messages.isEmpty { for await _ in inside { break } }
      task.cancel()
      let result = await task.result
      let error = #expect(throws: DuikouError.self) { try result.get() }
      #expect(error?.code == .cancelled)
      messages.append(error?.message ?? "")
    }
    #expect(messages.contains("heard"), "\(messages)")
  }

  @Test("is told its deadline and its headers", arguments: Kind.allCases)
  func context(_ kind: Kind) async throws {
    let runner = try runner(
      kind,
      CompiledPlugin.source(
        before: "#include <string.h>",
        body: """
          const dk_metadata *m = call->metadata;
          if (call->metadata_count != 2) return DK_INVALID_ARGUMENT;
          if (strcmp(m[0].name, "user") || strcmp(m[0].value, "宋宇") || m[0].value_len != 6)
            return DK_NOT_FOUND;
          if (strcmp(m[1].name, "empty") || m[1].value_len != 0) return DK_ABORTED;
          return call->deadline_ns == INT64_MAX ? DK_OUT_OF_RANGE : DK_OK;
          """))
    let result = try await call(runner) {
      $0.metadata = [
        MetadataEntry(name: "user", text: "宋宇"), MetadataEntry(name: "empty", text: ""),
      ]
    }
    #expect(result.rowCount == 0)
  }

  @Test("hands over trailers, across its flushes", arguments: Kind.allCases)
  func trailers(_ kind: Kind) async throws {
    let runner = try runner(
      kind,
      CompiledPlugin.source(
        body: """
          if (call->trailer(call, "rows-left", "12", 2) || call->flush(call)) return DK_ABORTED;
          return call->trailer(call, "note-bin", "\\0\\xff", 2);
          """))
    for _ in 0..<2 {
      let result = try await call(runner) { _ in }
      #expect(
        result.trailers == [
          MetadataEntry(name: "rows-left", text: "12"),
          MetadataEntry(name: "note-bin", value: [0, 0xFF]),
        ])
    }
  }

  @Test("hands over rows as it flushes, and waits for its receiver", arguments: Kind.allCases)
  func flushing(_ kind: Kind) async throws {
    let runner = try runner(
      kind,
      CompiledPlugin.source(
        body: """
          for (uint32_t i = 0; i < 10; i++) {
            dk_place *place = call->append(call, DK_PLACE, 2, NULL);
            if (!place) return DK_INTERNAL;
            place->name = call->intern(call, "\\u5317\\u4eac", 6);
            call->progress(call, i + 1, 10);
            dk_status status = call->flush(call);
            if (status != DK_OK) return status;
          }
          return DK_OK;
          """))
    let seen = Mutex<[Int]>([])
    let progress = Mutex<UInt64>(0)
    let result = try await call(runner) { request in
      request.onDelta = { delta in seen.withLock { $0.append(delta.rowCount) } }
      request.onProgress = { done, _ in progress.withLock { $0 = done } }
    }
    #expect(seen.withLock { $0 } == Array(repeating: 2, count: 10))
    #expect(result.deltas.isEmpty)
    #expect(progress.withLock { $0 } == 10)

    let error = await #expect(throws: DuikouError.self) {
      try await call(runner) { request in
        request.onDelta = { (_) throws(DuikouError) in throw DuikouError(.aborted, "enough") }
      }
    }
    #expect(error?.code == .aborted && error?.message == "enough")
  }

  @Test("does not run beside more others than its method says", arguments: Kind.allCases)
  func concurrency(_ kind: Kind) async throws {
    // The host hears when each call begins and ends.
    let runner = try runner(
      kind,
      CompiledPlugin.source(
        body: """
          for (int i = 0; i < 2; i++) {
            if (!call->append(call, DK_PLACE, 1, NULL)) return DK_INTERNAL;
            dk_status status = call->flush(call);
            if (status != DK_OK) return status;
            for (volatile int k = 0; k < 200000; k++) {}
          }
          return DK_OK;
          """, method: ", .concurrency = 2"))
    let meter = Meter()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<20 {
        group.addTask {
          _ = try await call(runner) { request in
            request.onDelta = { _ in
              meter.toggle(number)
              usleep(2000)
            }
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(meter.most <= 2)
  }

  @Test("waits in line no longer than its deadline and its caller", arguments: Kind.allCases)
  func waitingInLine(_ kind: Kind) async throws {
    let runner = try runner(
      kind,
      CompiledPlugin.source(
        body: "call->progress(call, 1, 2); \(Self.waits)", method: ", .concurrency = 1"))
    let (inside, entered) = AsyncStream<Void>.makeStream()
    let first = Task {
      try await call(runner, timeout: nil) { $0.onProgress = { _, _ in entered.yield() } }
    }
    for await _ in inside { break }
    let late = await #expect(throws: DuikouError.self) {
      try await call(runner, timeout: .milliseconds(20))
    }
    #expect(late?.code == .deadlineExceeded)
    let third = Task { try await call(runner, timeout: nil) }
    third.cancel()
    let cancelled = await third.result
    let error = #expect(throws: DuikouError.self) { try cancelled.get() }
    #expect(error?.code == .cancelled)
    first.cancel()
    _ = await first.result
    // Both have left the line: a place is free for the next.
    let last = await #expect(throws: DuikouError.self) {
      try await call(runner, timeout: .milliseconds(50))
    }
    #expect(last?.message.contains("ahead of it") == false)
  }

  @Test("is not the plugin's failure where its time was up before it began")
  func lateBeginning() async throws {
    let runner = try runner(
      .worker, CompiledPlugin.source(body: "while (call->image) {} return DK_OK;"))
    for _ in 0..<6 {
      let error = await #expect(throws: DuikouError.self) {
        try await call(runner, timeout: .zero) { $0.document = "a" }
      }
      #expect(error?.code == .deadlineExceeded)
      #expect(throws: DuikouError.self) {
        try runner.callBlocking(
          CallRequest(method: 0, image: try image(), schema: .domain, timeout: .zero))
      }
    }
  }

  @Test("is not the plugin's failure where its caller gave it less time than others do")
  func impatience() async throws {
    let runner = try runner(
      .worker, CompiledPlugin.source(body: "while (call->image) {} return DK_OK;"))
    for _ in 0..<6 {
      let error = await #expect(throws: DuikouError.self) {
        try await call(runner, timeout: .milliseconds(1)) { $0.isImpatient = true }
      }
      #expect(error?.code == .deadlineExceeded)
    }
  }

  @Test("ends at its deadline also while it flushes without end")
  func endlessFlushes() async throws {
    let runner = try runner(
      .worker,
      CompiledPlugin.source(
        body: """
          while (call->image) {
            (void)call->append(call, DK_PLACE, 1, NULL);
            (void)call->flush(call);
          }
          return DK_OK;
          """))
    let error = await #expect(throws: DuikouError.self) {
      try await call(runner, timeout: .milliseconds(100)) { $0.onDelta = { _ in } }
    }
    #expect(error?.code == .deadlineExceeded)
  }

  @Test("is told by flush that its time is up", arguments: [Kind.worker])
  func lateFlush(_ kind: Kind) async throws {
    let runner = try runner(
      kind,
      CompiledPlugin.source(
        body: """
          for (;;) {
            dk_status status = call->flush(call);
            if (status != DK_OK) return status;
          }
          """))
    var messages: [String] = []
    // On a busy machine it may be killed before it is told; not each time.
    while messages.count < 20, messages.last.map({ $0.contains("killed") }) ?? true {
      let error = await #expect(throws: DuikouError.self) {
        try await call(runner, timeout: .milliseconds(50)) { request in
          request.isImpatient = true
          request.onDelta = { _ in }
        }
      }
      #expect(error?.code == .deadlineExceeded)
      messages.append(error?.message ?? "")
    }
    #expect(messages.last?.contains("killed") == false, "\(messages)")
  }

  @Test("is not late where it has waited for whoever takes its rows")
  func slowReceiver() async throws {
    let runner = try runner(
      .worker,
      CompiledPlugin.source(
        body: """
          for (int i = 0; i < 5; i++) {
            if (!call->append(call, DK_PLACE, 1, NULL)) return DK_INTERNAL;
            dk_status status = call->flush(call);
            if (status != DK_OK) return status;
          }
          return DK_OK;
          """))
    let taken = Mutex(0)
    _ = try await call(runner, timeout: .seconds(2)) { request in
      request.onDelta = { _ in
        let isFirst = taken.withLock { taken in
          taken += 1
          return taken == 1
        }
        // Longer than the whole call may take.
        if isFirst { usleep(2_100_000) }
      }
    }
    #expect(taken.withLock { $0 } == 5)
  }

  @Test("of a plugin built with another header fits", arguments: Kind.allCases)
  func headerSkew(_ kind: Kind) async throws {
    for skew in [HeaderSkew.newer, .older] {
      let include = try skew.headers(in: folder)
      let host = PluginHost(
        cacheFolder: "\(folder.path)/cache", policy: kind.policy,
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
      let reader = try CompiledPlugin.compile(
        CompiledPlugin.source(
          id: "cn.example.\(skew)",
          body: """
            const dk_table *places = dk_find(call->image, DK_PLACE);
            if (!places || places->row_size < sizeof(dk_place)) return DK_FAILED_PRECONDITION;
            const dk_place *old = dk_row_at(call->image, places, 1);
            dk_place *place = call->append(call, DK_PLACE, 2, NULL);
            if (!place) return DK_INTERNAL;
            place[0].code = old->code + 1;
            place[1].code = old->code + 2;
            \(skew.check)
            return DK_OK;
            """), named: "lib\(skew).so", in: folder, include: include)
      let listing = try #require(try host.load(files: [reader]).first)
      #expect(listing.state == .active, "\(listing.reason?.message ?? "")")
      let registry = host.registry
      var builder = ImageBuilder(schema: registry.schema, rowSizes: registry.rowSizes)
      builder.append(document: "北京市".utf8, uri: "", title: "")
      for code in [UInt32(1), 41] {
        var place = dk_place()
        place.code = code
        place.lon = 1
        builder.append(place)
      }
      let image = try builder.build()
      let runner = try #require(registry.runners["cn.example.\(skew)"])
      let result = try await runner.call(
        CallRequest(method: 0, image: image, schema: registry.schema))
      let larger = try image.extended(
        by: [
          .init(
            deltas: result.deltas,
            run: .init(
              plugin: "a", version: "1", method: "T", status: .ok, message: "",
              elapsedNanoseconds: 1))
        ], schema: registry.schema, rowSizes: registry.rowSizes)
      #expect(larger.rows(dk_place.self).map(\.code) == [1, 41, 42, 43])
    }
  }
}

/// Headers of another day: those of a later minor, with one more field and one more member, and
/// those of an earlier one, without the last fields of a row.
private enum HeaderSkew: String {
  case newer
  case older

  /// What a plugin of that day checks in its call.
  var check: String {
    self == .newer
      ? """
      if (old->altitude != 0)
        return DK_DATA_LOSS;
      place[0].altitude = 5;
      """ : ""
  }

  func headers(in folder: TemporaryFolder) throws -> String {
    let target = "\(folder.path)/include-\(rawValue)"
    // The folder itself, should a link lead to it: the copy is going to be edited.
    let source = URL(fileURLWithPath: "\(Repository.root)/include").resolvingSymlinksInPath()
    try FileManager.default.copyItem(atPath: source.path, toPath: target)
    switch self {
    case .newer:
      try edit(
        "\(target)/duikou/records.h", "double lon, lat;", "double lon, lat; int64_t altitude;")
      try edit("\(target)/duikou/records.h", "sizeof(dk_place) == 72", "sizeof(dk_place) == 80")
      try edit(
        "\(target)/duikou/plugin.h", "void (*destroy)(void *self);",
        "void (*destroy)(void *self); const char *author;")
      try edit(
        "\(target)/duikou/plugin.h", "sizeof(dk_plugin) == DK_PLUGIN_SIZE_V1",
        "sizeof(dk_plugin) == 96")
    case .older:
      try edit("\(target)/duikou/records.h", "double lon, lat;", "")
      try edit(
        "\(target)/duikou/records.h",
        "sizeof(dk_place) == 72 && offsetof(dk_place, lon) == 56", "sizeof(dk_place) == 56")
    }
    return target
  }

  private func edit(_ path: String, _ old: String, _ new: String) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try #require(text.contains(old), "\(path) no longer has \(old)")
    try text.replacing(old, with: new).write(toFile: path, atomically: true, encoding: .utf8)
  }
}
