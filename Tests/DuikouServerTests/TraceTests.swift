import GRPCCore
import Logging
import Synchronization
import Testing
import Tracing

@testable import DuikouServer

@Suite("A trace")
struct TraceTests {
  private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"

  @Test("is read from the header and written as it was")
  func header() throws {
    let parent = try #require(TraceParent("00-\(Self.trace)-00f067aa0ba902b7-01"))
    #expect(parent.trace == Self.trace && parent.span == "00f067aa0ba902b7" && parent.isSampled)
    #expect(parent.description == "00-\(Self.trace)-00f067aa0ba902b7-01")
    #expect(TraceParent("00-\(Self.trace)-00f067aa0ba902b7-00")?.isSampled == false)
    #expect(TraceParent("01-\(Self.trace)-00f067aa0ba902b7-01-more") != nil)
  }

  @Test(
    "begins anew where the header is none",
    arguments: [
      "", "00", "00-\(trace)-00f067aa0ba902b7", "00-\(trace)-00f067aa0ba902b7-01-more",
      "ff-\(trace)-00f067aa0ba902b7-01", "00-\(trace.uppercased())-00f067aa0ba902b7-01",
      "00-\(trace.dropLast())-00f067aa0ba902b7-01",
      "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
      "00-\(trace)-0000000000000000-01", "00-\(trace)-00f067aa0ba902b7-zz",
      "00-\(trace)-00f067aa0ba902b7-+1",
    ])
  func malformed(_ text: String) {
    #expect(TraceParent(text) == nil)
  }

  @Test("goes on in spans below one another, each a line of the log")
  func spans() throws {
    let lines = LoggedLines()
    let tracer = SpanLog(logger: lines.logger)
    var caller = ServiceContext.topLevel
    let metadata: Metadata = ["traceparent": "00-\(Self.trace)-00f067aa0ba902b7-01"]
    tracer.extract(metadata, into: &caller, using: MetadataCarrier())

    let outer = tracer.startSpan("outer", context: caller, ofKind: .server)
    let inner = tracer.startSpan("inner", context: outer.context)
    inner.attributes["duikou.plugin"] = "org.example"
    inner.setStatus(SpanStatus(code: .error, message: "no"))
    inner.end()
    inner.end()
    outer.end()

    var passed = Metadata()
    tracer.inject(outer.context, into: &passed, using: MetadataCarrier())
    let parent = try #require(passed.first("traceparent").flatMap { TraceParent($0) })

    #expect(lines.all.map { $0["name"] } == ["inner", "outer"])
    #expect(lines.all.map { $0["trace"] } == [Self.trace, Self.trace])
    #expect(lines.all[0]["parent"] == parent.span && lines.all[1]["span"] == parent.span)
    #expect(lines.all[1]["parent"] == "00f067aa0ba902b7" && lines.all[1]["status"] == "ok")
    #expect(lines.all[0]["duikou.plugin"] == "org.example")
    #expect(lines.all[0]["status"] == "error" && lines.all[0]["message"] == "no")
  }

  @Test("that its caller does not record is passed on, and not logged")
  func unsampled() {
    let lines = LoggedLines()
    let tracer = SpanLog(logger: lines.logger)
    var caller = ServiceContext.topLevel
    let metadata: Metadata = ["traceparent": "00-\(Self.trace)-00f067aa0ba902b7-00"]
    tracer.extract(metadata, into: &caller, using: MetadataCarrier())
    let span = tracer.startSpan("quiet", context: caller)
    var passed = Metadata()
    tracer.inject(span.context, into: &passed, using: MetadataCarrier())
    span.end()
    #expect(lines.all.isEmpty)
    #expect(passed.first("traceparent")?.hasSuffix("-00") == true)
  }
}

/// A log that keeps its lines' metadata.
private final class LoggedLines: Sendable {
  private let lines = Mutex<[[String: String]]>([])

  var all: [[String: String]] { lines.withLock { $0 } }

  var logger: Logger {
    Logger(label: "test") { _ in Handler(lines: self) }
  }

  private struct Handler: LogHandler {
    let lines: LoggedLines
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      let line = (event.metadata ?? [:]).mapValues { "\($0)" }
      lines.lines.withLock { $0.append(line) }
    }
  }
}
