import DuikouModel
import Foundation
import GRDB

extension DocumentStore {
  /// Keeps a document under the hash of its bytes. Returns false when it was there already, which
  /// changes nothing but the day of publication, where one is given; what was found by another one is
  /// forgotten. Throws `resourceExhausted` for more bytes than the database holds in one row.
  public func put(_ document: StoredDocument, bytes: [UInt8]) async throws(DuikouError) -> Bool {
    try Self.check(bytes.count, of: document.id)
    return try await write { database in
      try database.execute(
        sql: """
          INSERT INTO document (id, uri, title, size, added_ms, published) VALUES (?, ?, ?, ?, ?, ?)
          ON CONFLICT (id) DO NOTHING
          """,
        arguments: [
          document.id, document.uri, document.title, bytes.count, document.addedMilliseconds,
          document.published?.days,
        ])
      guard database.changesCount > 0 else {
        try Self.correct(document, in: database)
        return false
      }
      try database.execute(
        sql: "INSERT INTO content (document, bytes) VALUES (?, ?)",
        arguments: [database.lastInsertedRowID, Data(bytes)])
      return true
    }
  }

  /// Takes the day of publication of a document that is kept already.
  private static func correct(_ document: StoredDocument, in database: Database) throws {
    guard let published = document.published?.days else { return }
    try database.execute(
      sql: "UPDATE document SET published = ? WHERE id = ? AND published IS NOT ?",
      arguments: [published, document.id, published])
    guard database.changesCount > 0 else { return }
    try database.execute(
      sql: "DELETE FROM analysis WHERE document = (SELECT number FROM document WHERE id = ?)",
      arguments: [document.id])
  }

  /// A document by its id. Throws `notFound`.
  public func document(_ id: String) async throws(DuikouError) -> StoredDocument {
    let document = try await read { database in
      try StoredDocument.fetchOne(
        database, sql: "\(StoredDocument.selection) WHERE id = ?", arguments: [id])
    }
    guard let document else { throw DuikouError(noDocument: id) }
    return document
  }

  /// A document's bytes. Throws `notFound`.
  public func bytes(of id: String) async throws(DuikouError) -> [UInt8] {
    let bytes = try await read { database in
      try Data.fetchOne(
        database,
        sql: """
          SELECT bytes FROM content JOIN document ON document.number = content.document
          WHERE id = ?
          """, arguments: [id])
    }
    guard let bytes else { throw DuikouError(noDocument: id) }
    return Array(bytes)
  }

  /// At most `limit` documents, the newest first, behind the one numbered `cursor`; nil for the
  /// first page.
  public func documents(
    behind cursor: Int64?, limit: Int
  ) async throws(DuikouError) -> [StoredDocument] {
    try await read { database in
      try StoredDocument.fetchAll(
        database,
        sql: "\(StoredDocument.selection) WHERE number < ? ORDER BY number DESC LIMIT ?",
        arguments: [cursor ?? .max, limit])
    }
  }

  /// The ids of all documents, the oldest first.
  public func allDocuments() async throws(DuikouError) -> [String] {
    try await read { try String.fetchAll($0, sql: "SELECT id FROM document ORDER BY number") }
  }

  /// Forgets a document and what was found in it. Throws `notFound`.
  public func delete(_ id: String) async throws(DuikouError) {
    let count = try await write { database in
      try database.execute(sql: "DELETE FROM document WHERE id = ?", arguments: [id])
      return database.changesCount
    }
    guard count > 0 else { throw DuikouError(noDocument: id) }
  }
}

extension DocumentStore {
  /// Bytes of the largest row, a little below SQLite's default of SQLITE_MAX_LENGTH, 1,000,000,000.
  private static let largestRow = 999_000_000

  static func check(_ size: Int, of id: String) throws(DuikouError) {
    guard size <= largestRow else {
      throw DuikouError(
        .resourceExhausted,
        "document \(id) takes \(size) bytes with what was found in it; at most \(largestRow) can be "
          + "kept: split it")
    }
  }
}

extension DuikouError {
  init(noDocument id: String) {
    self.init(.notFound, "there is no document \(id): put it first, or list those there are")
  }
}
