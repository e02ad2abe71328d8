import Crypto
import DuikouHost
import DuikouModel
import DuikouPipeline
import DuikouStore
import Foundation
import Synchronization

/// The documents that are kept, and what the plugins of this moment find in them.
///
/// An analysis is made once for a document and a set of plugins, and read back afterwards.
struct Archive: Sendable {
  let store: DocumentStore
  let pipeline: Pipeline
  let host: PluginHost

  /// How an analysis went, as it is kept beside its image.
  private struct Report: Codable {
    var stages: [StageResult]
    var failures: [StageFailure]
  }

  /// Keeps a document. Returns its id, and whether it was not there before. Throws `invalidArgument`
  /// for a title or address that is too long. A day of publication replaces that of a document that is there.
  func put(
    uri: String, title: String, published: CivilDate?, bytes: [UInt8]
  ) async throws(DuikouError) -> (id: String, isNew: Bool) {
    try DocumentSource.check(title: title, uri: uri)
    let id = try await pipeline.threads.run { _ in SHA256.hash(data: bytes).hexadecimal }
    let document = StoredDocument(
      id: id, uri: uri,
      title: title.isEmpty ? DocumentSource.title(of: bytes, named: uri) : title, size: bytes.count,
      published: published, addedMilliseconds: Self.now())
    return (document.id, try await store.put(document, bytes: bytes))
  }

  /// Runs the extractors over documents and keeps what they find. `onResult` hears of each as soon as that is kept:
  /// `notFound`, or what the document cannot be read for, or what `onEvent` throws.
  func analyze(
    _ ids: [String], isRetried: Bool = false,
    onEvent: @Sendable (_ id: String, AnalysisEvent) async throws(DuikouError) -> Void = { _, _ in
    },
    onResult: @Sendable (_ id: String, Result<Analysis, DuikouError>) async -> Void
  ) async {
    var found: [(document: StoredDocument, source: DocumentSource)] = []
    for id in ids {
      do throws(DuikouError) {
        let document = try await store.document(id)
        found.append((document, try await source(of: document, isRetried: isRetried)))
      } catch {
        await onResult(id, .failure(error))
      }
    }
    let documents = found.map(\.document)
    await pipeline.analyze(found.map(\.source)) { (index, event) throws(DuikouError) in
      try await onEvent(documents[index].id, event)
    } onResult: { index, result in
      await onResult(documents[index].id, await kept(result, of: documents[index]))
    }
  }

  /// A result when it is kept.
  private func kept(
    _ result: Result<Analysis, DuikouError>, of document: StoredDocument
  ) async -> Result<Analysis, DuikouError> {
    do throws(DuikouError) {
      let analysis = try result.get()
      try await keep(analysis, of: document)
      return .success(analysis)
    } catch {
      return .failure(error)
    }
  }

  private func source(
    of document: StoredDocument, isRetried: Bool
  ) async throws(DuikouError) -> DocumentSource {
    let bytes = try await store.bytes(of: document.id)
    // What the bytes gave as a title when they came, a reader may know better.
    let isGiven = document.title != DocumentSource.title(of: bytes, named: document.uri)
    var source = DocumentSource(
      uri: document.uri, title: isGiven ? document.title : nil, bytes: bytes,
      published: document.published, sha256: document.id)
    source.isRetried = isRetried
    return source
  }

  private func keep(
    _ analysis: Analysis, of document: StoredDocument
  ) async throws(DuikouError) {
    let stored = try await pipeline.threads.run { _ in
      StoredAnalysis(
        plugins: analysis.plugins, image: analysis.image.withUnsafeBytes { Array($0) },
        report: Self.encoded(Report(stages: analysis.stages, failures: analysis.failures)),
        isComplete: analysis.isComplete, failures: analysis.failures.count)
    }
    try await store.keep(stored, of: document, at: Self.now())
  }

  /// What the plugins find in a document: what is kept of it, complete or not, or else a new analysis,
  /// which is an analyst's to make. Throws `failedPrecondition` where `role` is less.
  func analysis(of id: String, for role: Role) async throws(DuikouError) -> Analysis {
    guard let kept = try await store.analysis(of: id, by: host.registry.fingerprint),
      let report = try? JSONDecoder().decode(Report.self, from: Data(kept.report))
    else { return try await makeAnalysis(of: id, for: role) }
    do throws(DuikouError) {
      return try await pipeline.restore(
        image: kept.image, plugins: kept.plugins, stages: report.stages, failures: report.failures,
        isComplete: kept.isComplete)
    } catch {
      guard error.code == .dataLoss else { throw error }
      return try await makeAnalysis(of: id, for: role)
    }
  }

  private func makeAnalysis(of id: String, for role: Role) async throws(DuikouError) -> Analysis {
    guard role >= .analyst else {
      _ = try await store.document(id)
      throw DuikouError(
        .failedPrecondition,
        "the document \(id) has not been analysed by the plugins that are loaded now: ask an analyst to "
          + "run `duikou analyze`")
    }
    let made = Mutex<Result<Analysis, DuikouError>?>(nil)
    await analyze([id]) { _, result in made.withLock { $0 = result } }
    guard let result = made.withLock({ $0 }) else {
      throw DuikouError(.internalError, "the document \(id) was not analysed")
    }
    return try result.get()
  }

  /// Lifts a plugin's quarantine; documents over which something failed are pending again. Throws
  /// `notFound`.
  func release(_ plugin: String) async throws(DuikouError) {
    try host.release(plugin)
    try await store.reopenFailures()
  }

  /// The ids of documents that the plugins of this moment have not run over, or not completely. When
  /// they are retried, those over which something failed are among them.
  func pending(isRetried: Bool) async throws(DuikouError) -> [String] {
    if isRetried { try await store.reopenFailures() }
    return try await store.documents(withoutAnalysisBy: host.registry.fingerprint)
  }

  private static func encoded(_ report: Report) -> [UInt8] {
    // Nothing in a report can fail to encode: it consists of strings and whole numbers.
    (try? JSONEncoder().encode(report)).map(Array.init) ?? []
  }

  private static func now() -> Int64 {
    Int64((Date().timeIntervalSince1970 * 1000).rounded())
  }
}
