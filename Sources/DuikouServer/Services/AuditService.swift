import DuikouAPI
import DuikouStore
import GRPCCore

/// `duikou.v1.Audit`.
struct AuditService: Duikou_V1_Audit.SimpleServiceProtocol {
  let store: DocumentStore

  func listAuditEntries(
    request: Duikou_V1_ListAuditEntriesRequest, context: ServerContext
  ) async throws -> Duikou_V1_ListAuditEntriesResponse {
    let asked = try PageRequest(size: request.pageSize, token: request.pageToken)
    let entries = try await store.auditEntries(behind: asked.cursor, limit: asked.size + 1)
    let (page, token) = asked.cut(entries) { $0.number }
    var response = Duikou_V1_ListAuditEntriesResponse()
    response.entries = page.map(Duikou_V1_AuditEntry.init)
    response.nextPageToken = token
    return response
  }
}

extension Duikou_V1_AuditEntry {
  fileprivate init(_ entry: AuditEntry) {
    self.init()
    number = entry.number
    atMs = entry.milliseconds
    event = entry.event
    caller = entry.caller
    object = entry.object
    reason = entry.reason
    times = UInt32(clamping: entry.times)
  }
}
