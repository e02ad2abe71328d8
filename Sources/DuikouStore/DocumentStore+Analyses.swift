import DuikouModel
import Foundation
import GRDB

extension DocumentStore {
  /// Keeps what was found in a document, in place of what was found before. Throws `notFound`
  /// when the document is gone.
  public func keep(
    _ analysis: StoredAnalysis, of id: String, at milliseconds: Int64
  ) async throws(DuikouError) {
    let count = try await write { database in
      try database.execute(
        sql: """
          INSERT OR REPLACE INTO analysis (document, plugins, image, report, analyzed_ms)
          SELECT number, ?, ?, ?, ? FROM document WHERE id = ?
          """,
        arguments: [
          analysis.plugins, Data(analysis.image), Data(analysis.report), milliseconds, id,
        ])
      return database.changesCount
    }
    guard count > 0 else { throw DuikouError(noDocument: id) }
  }

  /// What these plugins found in a document; nil when they have not run over it.
  public func analysis(
    of id: String, by plugins: String
  ) async throws(DuikouError) -> StoredAnalysis? {
    try await read { database in
      let row = try GRDB.Row.fetchOne(
        database,
        sql: """
          SELECT image, report FROM analysis
          JOIN document ON document.number = analysis.document WHERE id = ? AND plugins = ?
          """, arguments: [id, plugins])
      guard let row else { return nil }
      let image: Data = row["image"]
      let report: Data = row["report"]
      return StoredAnalysis(plugins: plugins, image: Array(image), report: Array(report))
    }
  }

  /// The ids of documents over which these plugins have not run yet, the oldest first.
  public func documents(withoutAnalysisBy plugins: String) async throws(DuikouError) -> [String] {
    try await read { database in
      try String.fetchAll(
        database,
        sql: """
          SELECT id FROM document LEFT JOIN analysis ON analysis.document = document.number
          WHERE plugins IS NOT ? ORDER BY number
          """, arguments: [plugins])
    }
  }
}
