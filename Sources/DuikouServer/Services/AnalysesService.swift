import DuikouAPI
import DuikouModel
import DuikouPipeline
import Foundation
import GRPCCore
import Synchronization

/// `duikou.v1.Analyses`.
struct AnalysesService: Duikou_V1_Analyses.SimpleServiceProtocol {
  let archive: Archive
  let drain: Drain

  /// How many documents of one request are analysed at once.
  private static let width = max(1, ProcessInfo.processInfo.activeProcessorCount)
  /// Bytes of records in a message, about: clients take messages of 4 MiB.
  private static let pageBytes = 256 << 10

  func analyze(
    request: Duikou_V1_AnalyzeRequest, response: RPCWriter<Duikou_V1_AnalyzeEvent>,
    context: ServerContext
  ) async throws {
    try await drain.whileWanted(by: context) {
      let ids = try await documents(request.documentIds) {
        try await archive.pending(isRetried: request.retry)
      }
      var started = Duikou_V1_AnalyzeEvent()
      started.started.documents = UInt32(clamping: ids.count)
      started.started.methods = UInt32(clamping: archive.host.registry.methods(.extractor).count)
      try await response.write(started)
      var sizes: [Int] = []
      for id in ids { sizes.append((try? await archive.store.document(id))?.size ?? 0) }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for (index, range) in Pipeline.groups(ofSizes: sizes, jobs: Self.width).enumerated() {
          if index >= Self.width { try await group.next() }
          group.addTask {
            try await analyze(Array(ids[range]), isRetried: request.retry, response)
          }
        }
        try await group.waitForAll()
      }
    }
  }

  func listRecords(
    request: Duikou_V1_ListRecordsRequest, response: RPCWriter<Duikou_V1_ListRecordsResponse>,
    context: ServerContext
  ) async throws {
    try await drain.whileWanted(by: context) {
      let analysis = try await archive.analysis(
        of: request.documentID, for: context.role)
      var pages = analysis.recordPages(of: Set(request.types), bytes: Self.pageBytes)
      while true {
        let (page, rest) = try await self.page(of: pages)
        guard !page.records.isEmpty else { return }
        try await response.write(page)
        pages = rest
      }
    }
  }

  func renderReport(
    request: Duikou_V1_RenderReportRequest, response: RPCWriter<Duikou_V1_RenderReportResponse>,
    context: ServerContext
  ) async throws {
    try await drain.whileWanted(by: context) {
      let format = try archive.pipeline.format(named: request.format)
      let ids = try await documents(request.documentIds) {
        try await archive.store.allDocuments()
      }
      var analyses: [Analysis] = []
      var bytes = 0
      for id in ids {
        let analysis = try await archive.analysis(of: id, for: context.role)
        bytes += analysis.image.size
        try archive.pipeline.checkReport(bytes: bytes)
        analyses.append(analysis)
      }
      try await render(format, analyses, request.language, to: response)
    }
  }

  func listFormats(
    request: Duikou_V1_ListFormatsRequest, context: ServerContext
  ) async throws -> Duikou_V1_ListFormatsResponse {
    var response = Duikou_V1_ListFormatsResponse()
    response.formats = archive.pipeline.formats.map { format in
      var message = Duikou_V1_ListFormatsResponse.Format()
      message.name = format.name
      message.summary = format.summary
      message.mediaType = format.mediaType
      message.plugin = format.plugin
      return message
    }
    return response
  }

  /// The next records as a message, and what comes behind them.
  private func page(
    of pages: RecordPages
  ) async throws(DuikouError) -> (Duikou_V1_ListRecordsResponse, RecordPages) {
    try await archive.pipeline.threads.run { _ in
      var rest = pages
      var message = Duikou_V1_ListRecordsResponse()
      message.records = rest.next().map(Duikou_V1_Record.init)
      return (message, rest)
    }
  }

  /// The documents that a request names, each once, or `others` where it names none. Throws
  /// `notFound`.
  private func documents(
    _ named: [String], others: () async throws -> [String]
  ) async throws -> [String] {
    guard !named.isEmpty else { return try await others() }
    var seen = Set<String>()
    let ids = named.filter { seen.insert($0).inserted }
    for id in ids { _ = try await archive.store.document(id) }
    return ids
  }

  /// Analyses documents and tells how it goes. Throws only when nobody listens any more.
  private func analyze(
    _ ids: [String], isRetried: Bool, _ response: RPCWriter<Duikou_V1_AnalyzeEvent>
  ) async throws(DuikouError) {
    let gone = Mutex<DuikouError?>(nil)
    await archive.analyze(ids, isRetried: isRetried) { (id, event) throws(DuikouError) in
      if let error = gone.withLock({ $0 }) { throw error }
      guard let message = Duikou_V1_AnalyzeEvent(event, of: id) else { return }
      try await tell(message, to: response)
    } onResult: { id, result in
      do throws(DuikouError) {
        try await tell(result, of: id, to: response)
      } catch {
        gone.withLock { $0 = error }
      }
    }
    if let error = gone.withLock({ $0 }) { throw error }
  }

  private func tell(
    _ result: Result<Analysis, DuikouError>, of id: String,
    to response: RPCWriter<Duikou_V1_AnalyzeEvent>
  ) async throws(DuikouError) {
    switch result {
    case .success(let analysis):
      try await tell(Duikou_V1_AnalyzeEvent(analysis, of: id), to: response)
    case .failure(let error) where Task.isCancelled: throw error
    case .failure(let error):
      try await tell(Duikou_V1_AnalyzeEvent(error, of: id), to: response)
    }
  }

  private func tell(
    _ event: Duikou_V1_AnalyzeEvent, to response: RPCWriter<Duikou_V1_AnalyzeEvent>
  ) async throws(DuikouError) {
    do {
      try await response.write(event)
    } catch {
      throw DuikouError(.cancelled, "the client is gone", cause: error)
    }
  }

  /// Streams a report; the plugin waits while more than a few pieces are under way.
  private func render(
    _ format: ReportFormat, _ analyses: [Analysis], _ language: String,
    to response: RPCWriter<Duikou_V1_RenderReportResponse>
  ) async throws {
    var head = Duikou_V1_RenderReportResponse()
    head.mediaType = format.mediaType
    try await response.write(head)
    try await PieceQueue.transfer { pieces in
      _ = try await archive.pipeline.render(
        format: format.name, analyses: analyses, language: language
      ) { try pieces.put(long: $0) }
    } send: { piece in
      var message = Duikou_V1_RenderReportResponse()
      message.chunk = piece
      try await response.write(message)
    }
  }
}

extension Duikou_V1_AnalyzeEvent {
  /// What is told while a document is analysed; nil for what clients do not hear.
  fileprivate init?(_ event: AnalysisEvent, of id: String) {
    self.init()
    documentID = id
    switch event {
    case .started: return nil
    case .stageFinished(let stage):
      self.stage.plugin = stage.plugin
      self.stage.method = stage.method
      self.stage.rows = UInt64(clamping: stage.rows)
      self.stage.elapsedNs = stage.elapsedNanoseconds
    case .stageFailed(let failure):
      self.failure.plugin = failure.plugin
      self.failure.method = failure.method
      self.failure.code = failure.code.rawValue
      self.failure.message = failure.message
    }
  }

  /// That a document is done.
  fileprivate init(_ analysis: Analysis, of id: String) {
    self.init()
    documentID = id
    let counts = analysis.recordCounts
    finished.title = analysis.title
    finished.counts = counts.mapValues { UInt64(clamping: $0) }
    finished.records = UInt64(clamping: counts.values.reduce(0, +))
  }

  /// That a document cannot be read.
  fileprivate init(_ error: DuikouError, of id: String) {
    self.init()
    documentID = id
    failure.code = error.code.rawValue
    failure.message = error.message
  }
}
