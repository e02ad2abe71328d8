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

  /// Analyses documents, and gives a result for each, by its index, as soon as there is one.
  ///
  /// Small ones go through the extractors together where all of these allow it, since a call costs about as much as
  /// four kilobytes of text do. What is found in each is the same as by itself: where something fails, or a row cannot
  /// be told to one document, they are analysed again one by one. The times of a stage are then shares of the whole.
  /// Each works with the plugins of the moment when its turn comes.
  ///
  /// `onEvent` hears of a document as if it were analysed alone, but of all its stages at once when it was not. What it
  /// throws is that document's result, unless that is there already. The analysis waits for `onEvent` and `onResult`.
  public func analyze(
    _ sources: [DocumentSource],
    onEvent: @Sendable (_ index: Int, AnalysisEvent) async throws(DuikouError) -> Void = { _, _ in
    },
    onResult: @Sendable (_ index: Int, Result<Analysis, DuikouError>) async -> Void
  ) async {
    var batch = Batch()
    for (index, source) in sources.enumerated() {
      let registry = host.registry
      do throws(DuikouError) {
        let image = try await image(of: source, registry: registry)
        let document = Batch.Document(
          index: index, source: source, image: image, registry: registry)
        guard document.mayBeBatched, batching.isAllowed(registry) else {
          await analyzeAlone(document, onEvent, onResult)
          continue
        }
        if !batch.hasRoom(for: document) {
          await analyze(batch.take(), onEvent, onResult)
        }
        batch.add(document)
      } catch {
        await onResult(index, .failure(error))
      }
    }
    await analyze(batch.take(), onEvent, onResult)
  }

  private func analyze(
    _ documents: [Batch.Document],
    _ onEvent: @Sendable (Int, AnalysisEvent) async throws(DuikouError) -> Void,
    _ onResult: @Sendable (Int, Result<Analysis, DuikouError>) async -> Void
  ) async {
    guard documents.count > 1, let analyses = await analyzeTogether(documents) else {
      for document in documents { await analyzeAlone(document, onEvent, onResult) }
      return
    }
    for (document, analysis) in zip(documents, analyses) {
      do throws(DuikouError) {
        for event in analysis.events { try await onEvent(document.index, event) }
      } catch {
        // It is done, whether or not somebody wants to hear of it.
      }
      await onResult(document.index, .success(analysis))
    }
  }

  private func analyzeAlone(
    _ document: Batch.Document,
    _ onEvent: @Sendable (Int, AnalysisEvent) async throws(DuikouError) -> Void,
    _ onResult: @Sendable (Int, Result<Analysis, DuikouError>) async -> Void
  ) async {
    batching.went(alone: document.registry)
    do throws(DuikouError) {
      let onEvent = { @Sendable (event: AnalysisEvent) async throws(DuikouError) in
        try await onEvent(document.index, event)
      }
      // Others may have taken long, and their plugins be gone.
      let analysis =
        isCurrent(document)
        ? try await analyze(
          document.image, of: document.source, document.registry, onEvent: onEvent)
        : try await analyze(document.source, onEvent: onEvent)
      await onResult(document.index, .success(analysis))
    } catch {
      await onResult(document.index, .failure(error))
    }
  }

  private func isCurrent(_ document: Batch.Document) -> Bool {
    document.registry.generation == host.registry.generation
  }

  /// The analyses of documents that went through the extractors together; nil where they have to go alone.
  private func analyzeTogether(_ documents: [Batch.Document]) async -> [Analysis]? {
    guard let first = documents.first, isCurrent(first) else { return nil }
    let registry = first.registry
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
      guard let analyses else {
        throw DuikouError(.aborted, "a row belongs to no document, or to several")
      }
      batching.went(together: documents.count, registry)
      return analyses
    } catch {
      guard error.code != .cancelled else { return nil }
      batching.failed(registry)
      host.notice("documents are analysed one by one: \(error.message)")
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
        image: image, schema: schema, plugins: plugins, stages: stages, failures: failures,
        isComplete: isComplete)
    }
  }
}
