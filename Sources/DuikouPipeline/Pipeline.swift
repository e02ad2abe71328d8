import DuikouHost
import DuikouModel
import Foundation

/// Takes documents through the extractors, wave by wave, and records to reports.
///
/// May be used from every thread. Each call works with the plugins of the moment it began.
public final class Pipeline: Sendable {
  let host: PluginHost
  public let limits: Limits
  let batching = Batching()
  /// For what takes long besides the calls of plugins.
  public let threads = BlockingThreads(
    name: "duikou.pipeline", width: max(2, ProcessInfo.processInfo.activeProcessorCount))

  public init(host: PluginHost, limits: Limits = Limits()) {
    self.host = host
    self.limits = limits
  }

  /// Analyses one document.
  ///
  /// A plugin that fails is told in the result; the others' records are kept. Throws when the
  /// document itself cannot be read: `invalidArgument` when it is damaged or no text, `unimplemented` when
  /// no plugin reads its kind, `resourceExhausted` when it is too large; or `cancelled`; or what `onEvent` throws. The
  /// analysis waits for `onEvent`.
  public func analyze(
    _ source: DocumentSource,
    onEvent: @Sendable (AnalysisEvent) async throws(DuikouError) -> Void = { _ in }
  ) async throws(DuikouError) -> Analysis {
    let registry = host.registry
    let image = try await image(of: source, registry: registry)
    return try await analyze(image, of: source, registry, onEvent: onEvent)
  }

  /// Runs the extractors over an image that has been read.
  ///
  /// Of an attempt, plugins' failures do not count; it ends with `aborted` behind the first wave with one, and gives
  /// calls a sixth of the time and a small part of the memory.
  func analyze(
    _ image: Image, of source: DocumentSource, _ registry: Registry, isAttempt: Bool = false,
    onEvent: @Sendable (AnalysisEvent) async throws(DuikouError) -> Void
  ) async throws(DuikouError) -> Analysis {
    var image = image
    let extractors = registry.methods(.extractor)
    let plan = registry.plan
    var failures = plan.skipped.map { Self.failure(extractors[$0.step], $0.reason) }
    var stages: [StageResult] = []
    var isComplete = true
    try await onEvent(.started(stages: plan.waves.reduce(0) { $0 + $1.count }))
    for failure in failures { try await onEvent(.stageFailed(failure)) }
    if !plan.skipped.isEmpty {
      let runs = plan.skipped.map { skipped in
        Image.Contribution(deltas: [], run: Self.run(extractors[skipped.step], skipped.reason))
      }
      image = try await extended(image, by: runs, registry)
    }
    for (wave, steps) in plan.waves.enumerated() {
      let outcomes = await run(
        steps.map { extractors[$0] }, wave: wave, over: image, of: source, registry,
        isAttempt: isAttempt)
      if Task.isCancelled { throw DuikouError(.cancelled, "the analysis was cancelled") }
      for outcome in outcomes {
        switch outcome.result {
        case .success(let stage):
          stages.append(stage)
          try await onEvent(.stageFinished(stage))
        case .failure(let failure):
          failures.append(failure)
          if failure.code.isTemporary { isComplete = false }
          try await onEvent(.stageFailed(failure))
        }
      }
      if isAttempt, failures.count > plan.skipped.count, let failure = failures.last {
        throw DuikouError(
          .aborted, "\(failure.method) of \(failure.plugin) failed: \(failure.message)")
      }
      image = try await extended(image, by: outcomes.map(\.contribution), registry)
    }
    return Analysis(
      image: image, schema: registry.schema, plugins: registry.fingerprint, stages: stages,
      failures: failures, isComplete: isComplete)
  }

  /// Reads an analysis that was kept as an image's bytes, with the fingerprint of the plugins that made it. Throws
  /// `dataLoss` when they are damaged.
  public func restore(
    image bytes: [UInt8], plugins: String, stages: [StageResult] = [],
    failures: [StageFailure] = [],
    isComplete: Bool = true
  ) async throws(DuikouError) -> Analysis {
    let schema = host.registry.schema
    let image = try await threads.run { (interruption) throws(DuikouError) in
      try Image(validating: bytes, schema: schema) { () throws(DuikouError) in
        try interruption.check()
      }
    }
    return Analysis(
      image: image, schema: schema, plugins: plugins, stages: stages, failures: failures,
      isComplete: isComplete)
  }

  private func extended(
    _ image: Image, by contributions: [Image.Contribution], _ registry: Registry
  ) async throws(DuikouError) -> Image {
    try await threads.run { (_) throws(DuikouError) in
      try image.extended(
        by: contributions, schema: registry.schema, rowSizes: registry.rowSizes)
    }
  }

  /// Runs one wave's methods at once; the outcomes stand in the order of the methods.
  private func run(
    _ methods: [Registry.Method], wave: Int, over image: Image, of source: DocumentSource,
    _ registry: Registry, isAttempt: Bool
  ) async -> [(contribution: Image.Contribution, result: StageOutcome)] {
    let budget = ImageBudget(
      (isAttempt ? min(limits.imageBytes, Self.attemptBytes) : limits.imageBytes) - image.size,
      schema: registry.schema, rowSizes: registry.rowSizes)
    return await withTaskGroup(of: (Int, Image.Contribution, StageOutcome).self) { group in
      for (index, method) in methods.enumerated() {
        group.addTask {
          let (contribution, outcome) = await self.run(
            method, wave: wave, over: image, of: source, schema: registry.schema, budget: budget,
            isAttempt: isAttempt)
          return (index, contribution, outcome)
        }
      }
      var outcomes: [(Int, Image.Contribution, StageOutcome)] = []
      for await outcome in group { outcomes.append(outcome) }
      return outcomes.sorted { $0.0 < $1.0 }.map { ($0.1, $0.2) }
    }
  }

  private func run(
    _ method: Registry.Method, wave: Int, over image: Image, of source: DocumentSource,
    schema: Schema, budget: ImageBudget, isAttempt: Bool
  ) async -> (Image.Contribution, StageOutcome) {
    let plugin = method.plugin
    var run = Self.run(method)
    var request = CallRequest(
      method: method.index, image: image, schema: schema,
      timeout: isAttempt ? limits.attemptTimeout : limits.callTimeout)
    request.document = source.sha256.isEmpty ? nil : source.sha256
    request.documentName = source.uri
    request.retriesDocument = source.isRetried
    request.budget = budget
    request.isAttempt = isAttempt
    do {
      let result = try await method.runner.call(request)
      run.elapsedNanoseconds = result.elapsedNanoseconds
      let stage = StageResult(
        plugin: plugin.id, method: method.description.name, wave: wave, rows: result.rowCount,
        elapsedNanoseconds: result.elapsedNanoseconds)
      return (Image.Contribution(deltas: result.deltas, run: run), .success(stage))
    } catch {
      return (
        Image.Contribution(deltas: [], run: Self.run(method, error)),
        .failure(Self.failure(method, error))
      )
    }
  }

  /// Of the image of documents that are analysed together, many times what is found in them by any but a hostile plugin.
  private static let attemptBytes = 32 << 20

  /// What the document remembers of a method's run.
  private static func run(_ method: Registry.Method, _ error: DuikouError? = nil) -> Image.Run {
    Image.Run(
      plugin: method.plugin.id, version: method.plugin.versionText,
      method: method.description.name, status: error?.code ?? .ok, message: error?.message ?? "",
      elapsedNanoseconds: 0)
  }

  private static func failure(_ method: Registry.Method, _ error: DuikouError) -> StageFailure {
    StageFailure(
      plugin: method.plugin.id, method: method.description.name, code: error.code,
      message: error.message)
  }
}

/// How a stage ended.
enum StageOutcome: Sendable {
  case success(StageResult)
  case failure(StageFailure)
}
