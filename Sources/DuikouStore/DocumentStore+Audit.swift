import DuikouModel
import GRDB

extension DocumentStore {
  /// Adds an entry to the audit, which the database lets nobody change or take away.
  public func append(_ entry: AuditEntry) async throws(DuikouError) {
    try await write { database in
      try database.execute(
        sql: """
          INSERT INTO audit (at_ms, event, caller, object, reason, times) VALUES (?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          entry.milliseconds, entry.event, entry.caller, entry.object, entry.reason,
          entry.times,
        ])
    }
  }

  /// At most `limit` entries, the newest first, behind the one numbered `cursor`; nil for the first page.
  public func auditEntries(
    behind cursor: Int64?, limit: Int
  ) async throws(DuikouError) -> [AuditEntry] {
    try await read { database in
      try AuditEntry.fetchAll(
        database, sql: "SELECT * FROM audit WHERE number < ? ORDER BY number DESC LIMIT ?",
        arguments: [cursor ?? .max, limit])
    }
  }
}
