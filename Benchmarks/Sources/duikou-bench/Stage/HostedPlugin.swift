import CBenchWork
import DuikouHost
import DuikouModel
import Logging

/// The benchmarks' plugin as a host runs it.
struct HostedPlugin: Sendable {
  let runner: any PluginRunner
  let schema: Schema
  private let host: PluginHost

  /// Loads the plugin into a new host; hosts of one cache folder share what they know of it.
  init(policy: IsolationPolicy, cache: String) throws {
    host = PluginHost(cacheFolder: cache, policy: policy, logger: .quiet)
    let listings = try host.load(files: [Programs.plugin])
    guard let runner = host.registry.runners["org.duikou.bench"] else {
      throw listings.compactMap(\.reason).first ?? DuikouError(.notFound, "no plugin")
    }
    self.runner = runner
    schema = host.registry.schema
  }

  /// Calls a method on this thread, which waits, and checks that it gave so many rows.
  ///
  /// Not inlined: the compiler (6.3.1) crashes when it splits an async closure with the whole call in it.
  @discardableResult
  @inline(never)
  func call(_ method: Int, _ image: Image, rows: Int) throws -> CallResult {
    let request = CallRequest(method: method, image: image, schema: schema)
    let result = try runner.callBlocking(request)
    guard result.rowCount == rows else {
      throw Failure("\(result.rowCount) rows instead of \(rows)")
    }
    return result
  }

  /// Calls a method of those that `kind` names, and waits for it in a task.
  func callInTask(_ kind: Kind, _ image: Image) async throws {
    let method = kind == .empty ? Int(BENCH_EMPTY) : Int(BENCH_DOCUMENT)
    let request = CallRequest(method: method, image: image, schema: schema)
    _ = try await runner.call(request)
  }

  /// Calls the method that does nothing.
  func callEmpty(_ image: Image) throws {
    try call(Int(BENCH_EMPTY), image, rows: 0)
  }

  /// Calls the method that finds records, over an image of so many documents.
  @discardableResult
  func callDocuments(_ image: Image, count: Int = 1) throws -> CallResult {
    try call(Int(BENCH_DOCUMENT), image, rows: count * Int(BENCH_RECORDS))
  }
}

extension Logger {
  /// Says nothing below errors: warnings of the crashes are wanted here.
  static var quiet: Logger {
    var logger = Logger(label: "duikou-bench") { SwiftLogNoOpLogHandler($0) }
    logger.logLevel = .critical
    return logger
  }
}
