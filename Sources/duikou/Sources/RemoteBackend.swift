import DuikouAPI
import DuikouClient
import DuikouModel
import DuikouPipeline
import Foundation
import GRPCCore
import Synchronization

/// Lets a daemon do the work.
final class RemoteBackend: Backend {
  private let connection: DaemonConnection

  private static let chunkSize = 256 << 10

  init(_ connection: DaemonConnection) {
    self.connection = connection
  }

  func analyze(
    _ sources: [DocumentSource], withRecords: Bool, onDone: @escaping @Sendable (Int) -> Void
  ) async -> [Result<DocumentResult, DuikouError>] {
    var results: [Result<DocumentResult, DuikouError>?] = Array(
      repeating: nil, count: sources.count)
    var ids: [Int: String] = [:]
    for (index, source) in sources.enumerated() {
      do {
        ids[index] = try await put(source).id
      } catch {
        results[index] = .failure(DuikouError(calling: error))
        onDone(index)
      }
    }
    let isRetried = sources.contains(where: \.isRetried)
    let known = ids
    let analyzed = await analyze(
      Set(ids.values).sorted(), isRetried: isRetried, withRecords: withRecords
    ) { id in
      for (index, own) in known where own == id { onDone(index) }
    }
    for (index, id) in ids {
      results[index] = (analyzed[id] ?? .failure(DocumentResult.missing)).map { result in
        var result = result
        result.uri = sources[index].uri
        return result
      }
    }
    return results.map { $0 ?? .failure(DocumentResult.missing) }
  }

  /// Analyses documents that the daemon has; a result for each by its id, as far as there is one.
  private func analyze(
    _ ids: [String], isRetried: Bool, withRecords: Bool,
    onDone: @escaping @Sendable (String) -> Void
  ) async -> [String: Result<DocumentResult, DuikouError>] {
    guard !ids.isEmpty else { return [:] }
    var request = Duikou_V1_AnalyzeRequest()
    request.documentIds = ids
    request.retry = isRetried
    let events = Mutex<[Duikou_V1_AnalyzeEvent]>([])
    var failure: DuikouError?
    do {
      try await connection.analyses.analyze(request) { response in
        for try await event in response.messages where !event.documentID.isEmpty {
          events.withLock { $0.append(event) }
          if event.isLast { onDone(event.documentID) }
        }
      }
    } catch {
      failure = DuikouError(calling: error)
    }
    // What was told before the stream ended holds.
    let told = Dictionary(grouping: events.withLock { $0 }, by: \.documentID)
    var results: [String: Result<DocumentResult, DuikouError>] = [:]
    for id in ids {
      if let own = told[id], own.contains(where: \.isLast) {
        results[id] = await result(of: id, own, withRecords: withRecords)
      } else {
        onDone(id)
        results[id] = .failure(failure ?? DocumentResult.missing)
      }
    }
    return results
  }

  private func result(
    of id: String, _ events: [Duikou_V1_AnalyzeEvent], withRecords: Bool
  ) async -> Result<DocumentResult, DuikouError> {
    do {
      var result = DocumentResult(
        id: id, uri: "", title: "", counts: [:], records: { [] }, failures: [])
      for event in events {
        switch event.event {
        case .finished(let finished):
          result.title = finished.title
          result.counts = finished.counts.mapValues { Int(clamping: $0) }
        case .failure(let failure):
          let failed = StageFailure(failure)
          guard !failed.plugin.isEmpty else { throw DuikouError(failed.code, failed.message) }
          result.failures.append(failed)
        case .started, .stage, nil: continue
        }
      }
      if withRecords {
        let records = try await records(id)
        result.records = { records }
      }
      return .success(result)
    } catch {
      return .failure(DuikouError(calling: error))
    }
  }

  func render(
    format: String, of results: [DocumentResult], language: Language,
    write: @escaping @Sendable (UnsafeRawBufferPointer) throws -> Void
  ) async throws(DuikouError) {
    var request = Duikou_V1_RenderReportRequest()
    request.format = format
    request.documentIds = results.map(\.id)
    request.language = language.rawValue
    do {
      try await connection.analyses.renderReport(request) { response in
        for try await piece in response.messages {
          try piece.chunk.withUnsafeBytes { try write($0) }
        }
      }
    } catch {
      throw DuikouError(calling: error)
    }
  }

  func formats() async throws(DuikouError) -> [ReportFormat] {
    do {
      return try await connection.analyses.listFormats(.init()).formats.map {
        ReportFormat(
          name: $0.name, summary: $0.summary, mediaType: $0.mediaType, plugin: $0.plugin)
      }
    } catch {
      throw DuikouError(calling: error)
    }
  }

  func overview() async throws(DuikouError) -> PluginOverview {
    do {
      let response = try await connection.plugins.listPlugins(.init())
      return PluginOverview(
        plugins: response.plugins.map(PluginInfo.init), missing: response.missing)
    } catch {
      throw DuikouError(calling: error)
    }
  }

  func install(plugin: Data, signature: [UInt8]) async throws(DuikouError) -> PluginInfo {
    do {
      let response = try await connection.plugins.installPlugin { writer in
        var header = Duikou_V1_InstallPluginRequest()
        header.header.signature = Data(signature)
        try await writer.write(header)
        var rest = plugin[...]
        while !rest.isEmpty {
          var piece = Duikou_V1_InstallPluginRequest()
          piece.chunk = Data(rest.prefix(Self.chunkSize))
          try await writer.write(piece)
          rest = rest.dropFirst(Self.chunkSize)
        }
      }
      return PluginInfo(response.plugin)
    } catch {
      throw DuikouError(calling: error)
    }
  }

  func set(plugin id: String, isDisabled: Bool) async throws(DuikouError) {
    do {
      if isDisabled {
        _ = try await connection.plugins.disablePlugin(.with { $0.id = id })
      } else {
        _ = try await connection.plugins.enablePlugin(.with { $0.id = id })
      }
    } catch {
      throw DuikouError(calling: error)
    }
  }

  func watch(
    _ body: @escaping @Sendable (_ change: String, PluginInfo) -> Void
  ) async throws(DuikouError) {
    do {
      try await connection.plugins.watchPlugins(.init()) { response in
        for try await message in response.messages {
          body("\(message.change)", PluginInfo(message.plugin))
        }
      }
    } catch {
      throw DuikouError(calling: error)
    }
  }

  func release(plugin id: String) async throws(DuikouError) {
    var request = Duikou_V1_ReleasePluginRequest()
    request.id = id
    do {
      _ = try await connection.plugins.releasePlugin(request)
    } catch {
      throw DuikouError(calling: error)
    }
  }

  func close() async { await connection.close() }

  private func put(_ source: DocumentSource) async throws -> Duikou_V1_PutDocumentResponse {
    try await connection.documents.putDocument { writer in
      var header = Duikou_V1_PutDocumentRequest()
      header.header.uri = source.uri
      header.header.title = source.title ?? ""
      header.header.published = source.published?.description ?? ""
      try await writer.write(header)
      var rest = source.bytes[...]
      while !rest.isEmpty {
        var piece = Duikou_V1_PutDocumentRequest()
        piece.chunk = .init(rest.prefix(Self.chunkSize))
        try await writer.write(piece)
        rest = rest.dropFirst(Self.chunkSize)
      }
    }
  }

  private func records(_ id: String) async throws -> [Record] {
    var request = Duikou_V1_ListRecordsRequest()
    request.documentID = id
    return try await connection.analyses.listRecords(request) { response in
      var records: [Record] = []
      for try await page in response.messages { records += page.records.map(Record.init) }
      return records
    }
  }
}

extension Duikou_V1_AnalyzeEvent {
  /// Whether a document is done, or cannot be read.
  fileprivate var isLast: Bool {
    switch event {
    case .finished: true
    case .failure(let failure): failure.plugin.isEmpty
    case .started, .stage, nil: false
    }
  }
}

extension StageFailure {
  fileprivate init(_ message: Duikou_V1_AnalyzeEvent.Failure) {
    self.init(
      plugin: message.plugin, method: message.method,
      code: StatusCode(rawValue: message.code) ?? .unknown, message: message.message)
  }
}

extension PluginInfo.Activity {
  fileprivate init(_ message: Duikou_V1_Activity) {
    calls = Int(clamping: message.calls)
    failures = Int(clamping: message.failures)
    running = Int(message.running)
    starts = Int(message.starts)
    p50 = message.latencyP50Ns
    p99 = message.latencyP99Ns
    lastFailure = message.lastFailure
    lastFailureMilliseconds = message.lastFailureMs
  }
}

extension PluginInfo {
  fileprivate init(_ message: Duikou_V1_Plugin) {
    path = message.path
    sha256 = message.sha256
    state =
      switch message.state {
      case .active: "active"
      case .shadowed: "shadowed"
      case .refused: "refused"
      case .quarantined: "quarantined"
      case .arriving: "arriving"
      case .disabled: "disabled"
      case .unspecified, .UNRECOGNIZED: ""
      }
    isolation = message.isolation
    setAsideDocuments = Int(message.setAsideDocuments)
    generation = Int(clamping: message.generation)
    signer = message.signer
    configurationType = message.configurationType
    configurationSchema = message.configurationSchema
    if !message.replacementReason.isEmpty {
      replacement = DuikouError(
        StatusCode(rawValue: message.replacementCode) ?? .unknown, message.replacementReason)
    }
    if message.hasActivity { activity = Activity(message.activity) }
    if !message.reason.isEmpty {
      reason = DuikouError(
        StatusCode(rawValue: message.reasonCode) ?? .unknown, message.reason)
    }
    id = message.id.isEmpty ? nil : message.id
    version = message.version
    summary = message.summary
    abiBuilt = message.abiBuilt
    abiNeeded = message.abiNeeded
    methods = message.methods.map { method in
      Method(
        name: method.name, summary: method.summary, role: method.role, media: method.media,
        concurrency: Int(method.concurrency), isBatched: method.batched,
        uses: method.uses.map {
          Use(type: $0.type, reads: $0.reads, writes: $0.writes, isRequired: $0.required)
        })
    }
    types = message.types.map { type in
      RowType(
        name: type.name, summary: type.summary, id: type.id, size: Int(type.size),
        fields: type.fields.map {
          Field(
            name: $0.name, summary: $0.summary, number: $0.number, kind: $0.kind, unit: $0.unit,
            isKey: $0.key)
        })
    }
  }
}
