import CDuikou
import DuikouHost
import DuikouModel

extension Pipeline {
  /// How many documents are analysed together at most, and how many bytes of text they may have; one of more than
  /// half of that is analysed alone.
  static let batchLength = 32
  static let batchBytes = 256 << 10

  /// Groups of documents, by their index, to be read and analysed at a time: `jobs` groups at once, each few enough
  /// that every job has some, and together no larger than a small document. `sizes` are their bytes.
  public static func groups(ofSizes sizes: [Int], jobs: Int) -> [Range<Int>] {
    let length = min(batchLength, max(1, sizes.count / jobs))
    var groups: [Range<Int>] = []
    var bytes = 0
    for (index, size) in sizes.enumerated() {
      bytes += size
      if let last = groups.last, last.count < length, bytes <= groupBytes {
        groups[groups.count - 1] = last.lowerBound..<index + 1
      } else {
        groups.append(index..<index + 1)
        bytes = size
      }
    }
    return groups
  }

  private static let groupBytes = 1 << 20

  /// Analyses documents, and gives a result for each in their order.
  ///
  /// Small ones go through the extractors together where all of these allow it, since a call costs about as much as
  /// four kilobytes of text do. What is found in each is the same as by itself: where something fails, or a row cannot
  /// be told to one document, they are analysed again one by one. The times of a stage are then shares of the whole.
  ///
  /// `onEvent` hears of a document, by its index, as if it were analysed alone, but of all its stages at once when it
  /// was not. What it throws is that document's result.
  public func analyze(
    _ sources: [DocumentSource],
    onEvent: @Sendable (_ index: Int, AnalysisEvent) async throws(DuikouError) -> Void = { _, _ in }
  ) async -> [Result<Analysis, DuikouError>] {
    let registry = host.registry
    var results: [Result<Analysis, DuikouError>?] = Array(repeating: nil, count: sources.count)
    var batch = Batch()
    for (index, source) in sources.enumerated() {
      do throws(DuikouError) {
        let image = try await image(of: source, registry: registry)
        let document = Batch.Document(index: index, source: source, image: image)
        guard batching.isAllowed(registry), document.mayBeBatched(registry) else {
          results[index] = await analyzeAlone(document, registry, onEvent)
          continue
        }
        if !batch.hasRoom(for: document) {
          await analyze(batch.take(), registry, onEvent, &results)
        }
        batch.add(document)
      } catch {
        results[index] = .failure(error)
      }
    }
    await analyze(batch.take(), registry, onEvent, &results)
    return results.map { $0 ?? .failure(DuikouError(.internalError, "it was not analysed")) }
  }

  private func analyze(
    _ documents: [Batch.Document], _ registry: Registry,
    _ onEvent: @Sendable (Int, AnalysisEvent) async throws(DuikouError) -> Void,
    _ results: inout [Result<Analysis, DuikouError>?]
  ) async {
    if documents.count > 1, let analyses = await analyzeTogether(documents, registry) {
      for (document, analysis) in zip(documents, analyses) {
        do throws(DuikouError) {
          for event in analysis.events { try await onEvent(document.index, event) }
          results[document.index] = .success(analysis)
        } catch {
          results[document.index] = .failure(error)
        }
      }
      return
    }
    for document in documents {
      results[document.index] = await analyzeAlone(document, registry, onEvent)
    }
  }

  private func analyzeAlone(
    _ document: Batch.Document, _ registry: Registry,
    _ onEvent: @Sendable (Int, AnalysisEvent) async throws(DuikouError) -> Void
  ) async -> Result<Analysis, DuikouError> {
    do throws(DuikouError) {
      return .success(
        try await analyze(document.image, of: document.source, registry) {
          (event) throws(DuikouError) in
          try await onEvent(document.index, event)
        })
    } catch {
      return .failure(error)
    }
  }

  /// The analyses of documents that went through the extractors together; nil where they have to go alone.
  private func analyzeTogether(
    _ documents: [Batch.Document], _ registry: Registry
  ) async -> [Analysis]? {
    do throws(DuikouError) {
      let joined = try await threads.run { (_) throws(DuikouError) in
        try Image.concatenating(
          documents.map(\.image), schema: registry.schema, rowSizes: registry.rowSizes)
      }
      let analysis = try await analyze(
        joined, of: DocumentSource(uri: "", bytes: []), registry, isAttempt: true,
        onEvent: { _ in })
      let analyses = try await threads.run { (_) throws(DuikouError) in
        try analysis.split(rowSizes: registry.rowSizes)
      }
      batching.ended(registry, isFailed: analyses == nil)
      return analyses
    } catch {
      if error.code != .cancelled { batching.ended(registry, isFailed: true) }
      return nil
    }
  }
}

extension Analysis {
  /// What would have been told while it was made.
  fileprivate var events: [AnalysisEvent] {
    [.started(stages: stages.count)] + failures.map(AnalysisEvent.stageFailed)
      + stages.map(AnalysisEvent.stageFinished)
  }

  /// The analyses of each document; nil where they cannot be taken apart.
  fileprivate func split(rowSizes: [UInt32: Int]) throws(DuikouError) -> [Analysis]? {
    try image.split(schema: schema, rowSizes: rowSizes)?.map { image in
      // The stages are the last runs, in the same order.
      let runs = image.rows(dk_run.self)
      let stages = zip(stages, runs.suffix(stages.count)).map { stage, run in
        StageResult(
          plugin: stage.plugin, method: stage.method, wave: stage.wave, rows: Int(run.rows),
          elapsedNanoseconds: run.elapsed_ns)
      }
      return Analysis(
        image: image, schema: schema, stages: stages, failures: failures, isComplete: isComplete)
    }
  }
}
