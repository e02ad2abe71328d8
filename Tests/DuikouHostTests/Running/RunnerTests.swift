import CDuikou
import DuikouModel
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import DuikouHost

@Suite("A plugin's call")
struct RunnerTests: RunnerCases {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("gives the rows that the method appends", arguments: RunnerKind.allCases)
  func rows(_ kind: RunnerKind) async throws {
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

  @Test("fails with each status and the plugin's sentence", arguments: RunnerKind.allCases)
  func statuses(_ kind: RunnerKind) async throws {
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

  @Test(
    "that says DATA_LOSS itself has failed, and no more than that", arguments: RunnerKind.allCases)
  func dataLoss(_ kind: RunnerKind) async throws {
    let runner = try runner(
      kind, CompiledPlugin.source(body: "return call->fail(call, DK_DATA_LOSS, \"torn\", 4);"))
    for _ in 0..<6 {
      let error = await #expect(throws: DuikouError.self) {
        try await call(runner) { $0.document = "a" }
      }
      #expect(error?.code == .dataLoss && error?.message == "torn")
    }
  }

  @Test("that fails without a word is given one", arguments: RunnerKind.allCases)
  func silent(_ kind: RunnerKind) async throws {
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
    "that breaks a promise is refused", arguments: RunnerKind.allCases,
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
  func broken(_ kind: RunnerKind, _ broken: Broken) async throws {
    let runner = try runner(kind, CompiledPlugin.source(body: broken.body))
    let error = await #expect(throws: DuikouError.self) { try await call(runner) }
    #expect(error?.code == broken.code, "\(error?.message ?? "")")
    #expect(error?.message.isEmpty == false)
  }

  @Test("is told its deadline and its headers", arguments: RunnerKind.allCases)
  func context(_ kind: RunnerKind) async throws {
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

  @Test("hands over trailers, across its flushes", arguments: RunnerKind.allCases)
  func trailers(_ kind: RunnerKind) async throws {
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

  @Test("hands over rows as it flushes, and waits for its receiver", arguments: RunnerKind.allCases)
  func flushing(_ kind: RunnerKind) async throws {
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

  @Test("does not run beside more others than its method says", arguments: RunnerKind.allCases)
  func concurrency(_ kind: RunnerKind) async throws {
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
}
