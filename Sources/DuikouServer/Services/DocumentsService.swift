import DuikouAPI
import DuikouModel
import DuikouStore
import GRPCCore

/// `duikou.v1.Documents`.
struct DocumentsService: Duikou_V1_Documents.SimpleServiceProtocol {
  let archive: Archive
  /// Bytes of the largest document that is taken.
  let limit: Int
  /// What documents that are on their way may take together.
  let memory: RequestMemory
  let patience: ClientPatience

  private static let chunkSize = 256 << 10

  func putDocument(
    request: RPCAsyncSequence<Duikou_V1_PutDocumentRequest, any Error>, context: ServerContext
  ) async throws -> Duikou_V1_PutDocumentResponse {
    let upload = DocumentUpload(limit: limit, memory: memory)
    defer { withExtendedLifetime(upload) {} }
    switch try await patience.read(request, { try upload.take($0.part) }) {
    case .ofStream: break
    case .ofPatience:
      throw DuikouError(
        .deadlineExceeded, "nothing came for \(patience.longest): send the document without pauses")
    case .ofDaemon:
      throw DuikouError(.unavailable, "the daemon stops: send the document again later")
    }
    let (header, bytes) = try upload.finish()
    let put = try await archive.put(
      uri: header.uri, title: header.title, published: try header.day, bytes: bytes)
    var response = Duikou_V1_PutDocumentResponse()
    response.id = put.id
    response.created = put.isNew
    return response
  }

  func getDocument(
    request: Duikou_V1_GetDocumentRequest, response: RPCWriter<Duikou_V1_GetDocumentResponse>,
    context: ServerContext
  ) async throws {
    var message = Duikou_V1_GetDocumentResponse()
    message.document = Duikou_V1_Document(try await archive.store.document(request.id))
    try await response.write(message)
    var rest = try await archive.store.bytes(of: request.id)[...]
    while !rest.isEmpty {
      message.chunk = .init(rest.prefix(Self.chunkSize))
      try await response.write(message)
      rest = rest.dropFirst(Self.chunkSize)
    }
  }

  func listDocuments(
    request: Duikou_V1_ListDocumentsRequest, context: ServerContext
  ) async throws -> Duikou_V1_ListDocumentsResponse {
    let asked = try PageRequest(size: request.pageSize, token: request.pageToken)
    let documents = try await archive.store.documents(behind: asked.cursor, limit: asked.size + 1)
    let (page, token) = asked.cut(documents) { $0.number }
    var response = Duikou_V1_ListDocumentsResponse()
    response.documents = page.map(Duikou_V1_Document.init)
    response.nextPageToken = token
    return response
  }

  func deleteDocument(
    request: Duikou_V1_DeleteDocumentRequest, context: ServerContext
  ) async throws -> Duikou_V1_DeleteDocumentResponse {
    try await archive.store.delete(request.id)
    return Duikou_V1_DeleteDocumentResponse()
  }
}

extension Duikou_V1_PutDocumentRequest.Header {
  /// When the document was published; nil where the client does not say.
  fileprivate var day: CivilDate? {
    get throws(DuikouError) {
      guard !published.isEmpty else { return nil }
      guard let date = CivilDate(published) else {
        throw DuikouError(
          .invalidArgument, "“\(published.prefix(40))” is no day: give one such as 2018-07-04")
      }
      return date
    }
  }
}

extension Duikou_V1_Document {
  fileprivate init(_ document: StoredDocument) {
    self.init()
    id = document.id
    uri = document.uri
    title = document.title
    size = UInt64(clamping: document.size)
    published = document.published?.description ?? ""
    addedMs = document.addedMilliseconds
    analyzed = document.isAnalyzed
  }
}
