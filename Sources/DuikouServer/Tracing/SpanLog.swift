import CDuikouRuntime
import Logging
import Synchronization
import Tracing

/// Writes spans into the log as they end, one line each: trace, span and parent in hex, what it was, how
/// long it took, how it ended, and its attributes.
///
/// A program that has a collector bootstraps that one's tracer instead.
public struct SpanLog: Tracer {
  private let logger: Logger

  public init(logger: Logger) {
    self.logger = logger
  }

  public func startSpan<Instant: TracerInstant>(
    _ operationName: String, context: @autoclosure () -> ServiceContext, ofKind kind: SpanKind,
    at instant: @autoclosure () -> Instant, function: String, file fileID: String, line: UInt
  ) -> LoggedSpan {
    LoggedSpan(
      operationName, kind, below: context(), startedAt: instant().nanosecondsSinceEpoch,
      logger: logger)
  }

  /// Lines are written when spans end: none are known by their context.
  public func activeSpan(identifiedBy context: ServiceContext) -> LoggedSpan? { nil }

  public func forceFlush() {}

  public func extract<Carrier, Extract: Extractor>(
    _ carrier: Carrier, into context: inout ServiceContext, using extractor: Extract
  ) where Extract.Carrier == Carrier {
    context.traceParent = extractor.extract(key: TraceParent.header, from: carrier)
      .flatMap(TraceParent.init)
  }

  public func inject<Carrier, Inject: Injector>(
    _ context: ServiceContext, into carrier: inout Carrier, using injector: Inject
  ) where Inject.Carrier == Carrier {
    guard let traceParent = context.traceParent else { return }
    injector.inject(traceParent.description, forKey: TraceParent.header, into: &carrier)
  }
}

/// A span that becomes a line of the log.
public final class LoggedSpan: Span {
  public let context: ServiceContext
  private let kind: SpanKind
  private let parent: TraceParent?
  private let start: UInt64
  private let logger: Logger
  private let state: Mutex<State>

  private struct State {
    var name: String
    var attributes = SpanAttributes()
    var status: SpanStatus?
    var hasEnded = false
  }

  fileprivate init(
    _ name: String, _ kind: SpanKind, below context: ServiceContext, startedAt start: UInt64,
    logger: Logger
  ) {
    parent = context.traceParent
    var own = context
    own.traceParent = .child(of: parent)
    self.context = own
    self.kind = kind
    self.start = start
    self.logger = logger
    state = Mutex(State(name: name))
  }

  public var operationName: String {
    get { state.withLock { $0.name } }
    set { state.withLock { $0.name = newValue } }
  }

  public var attributes: SpanAttributes {
    get { state.withLock { $0.attributes } }
    set { state.withLock { $0.attributes = newValue } }
  }

  public var isRecording: Bool { state.withLock { !$0.hasEnded } }

  public func setStatus(_ status: SpanStatus) { state.withLock { $0.status = status } }

  public func addEvent(_ event: SpanEvent) {}

  public func addLink(_ link: SpanLink) {}

  public func recordError<Instant: TracerInstant>(
    _ error: any Error, attributes: SpanAttributes, at instant: @autoclosure () -> Instant
  ) {
    setStatus(SpanStatus(code: .error, message: "\(error)"))
  }

  public func end<Instant: TracerInstant>(at instant: @autoclosure () -> Instant) {
    let state = state.withLock { state -> State? in
      guard !state.hasEnded else { return nil }
      state.hasEnded = true
      return state
    }
    guard let state, let own = context.traceParent, own.isSampled else { return }
    let end = instant().nanosecondsSinceEpoch
    var metadata: Logger.Metadata = [
      "trace": "\(own.trace)", "span": "\(own.span)", "name": "\(state.name)", "kind": "\(kind)",
      "start_ns": "\(start)", "ms": "\(Double((end - min(start, end)) / 1000) / 1000)",
      "status": state.status?.code == .error ? "error" : "ok",
    ]
    if let parent { metadata["parent"] = "\(parent.span)" }
    if let message = state.status?.message { metadata["message"] = "\(message)" }
    state.attributes.forEach { metadata[$0] = "\(Self.text($1))" }
    logger.info("span", metadata: metadata)
  }

  private static func text(_ attribute: SpanAttribute) -> String {
    switch attribute {
    case .string(let text): text
    case .int64(let number): "\(number)"
    case .bool(let flag): "\(flag)"
    default: "\(attribute)"
    }
  }
}

extension ServiceContext {
  private enum Key: ServiceContextKey {
    typealias Value = TraceParent
  }

  /// The span that is current.
  fileprivate(set) var traceParent: TraceParent? {
    get { self[Key.self] }
    set { self[Key.self] = newValue }
  }
}
