import DuikouModel
import Foundation
import GRDB

extension DocumentStore {
  /// Keeps what was found in a document, in place of what was found before; but nothing incomplete in
  /// place of what the same plugins have found completely, or with fewer failures, and nothing that was found before
  /// another day of publication was given: that is `aborted`.
  ///
  /// Throws `notFound` when the document is gone, `resourceExhausted` when it is more than the
  /// database holds in one row.
  public func keep(
    _ analysis: StoredAnalysis, of document: StoredDocument, at milliseconds: Int64
  ) async throws(DuikouError) {
    let id = document.id
    try Self.check(analysis.image.count + analysis.report.count, of: id)
    let refusal: DuikouError? = try await write { database in
      let row = try GRDB.Row.fetchOne(
        database, sql: "SELECT number, published FROM document WHERE id = ?", arguments: [id])
      guard let row else { return DuikouError(noDocument: id) }
      guard row["published"] == document.published?.days else {
        return DuikouError(
          .aborted,
          "another day of publication was given for the document \(id): analyse it again")
      }
      let number: Int64 = row["number"]
      let isWorse = try Bool.fetchOne(
        database,
        sql: """
          SELECT complete > :complete OR NOT complete AND NOT :complete AND failures < :failures
          FROM analysis WHERE document = :number AND plugins = :plugins
          """,
        arguments: [
          "complete": analysis.isComplete, "failures": analysis.failures, "number": number,
          "plugins": analysis.plugins,
        ])
      guard isWorse != true else { return nil }
      try database.execute(
        sql: """
          INSERT OR REPLACE INTO analysis
            (document, plugins, image, report, analyzed_ms, complete, failures)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          number, analysis.plugins, Data(analysis.image), Data(analysis.report), milliseconds,
          analysis.isComplete, analysis.failures,
        ])
      return nil
    }
    if let refusal { throw refusal }
  }

  /// What these plugins found in a document; nil when they have not run over it.
  public func analysis(
    of id: String, by plugins: String
  ) async throws(DuikouError) -> StoredAnalysis? {
    try await read { database in
      let row = try GRDB.Row.fetchOne(
        database,
        sql: """
          SELECT image, report, complete, failures FROM analysis
          JOIN document ON document.number = analysis.document WHERE id = ? AND plugins = ?
          """, arguments: [id, plugins])
      guard let row else { return nil }
      let image: Data = row["image"]
      let report: Data = row["report"]
      return StoredAnalysis(
        plugins: plugins, image: Array(image), report: Array(report), isComplete: row["complete"],
        failures: row["failures"])
    }
  }

  /// Takes the analyses in which something failed for incomplete ones: it may go well from now on.
  public func reopenFailures() async throws(DuikouError) {
    try await write { database in
      try database.execute(sql: "UPDATE analysis SET complete = 0 WHERE complete AND failures > 0")
    }
  }

  /// The ids of documents over which these plugins have not run yet, or not completely, the oldest
  /// first.
  public func documents(withoutAnalysisBy plugins: String) async throws(DuikouError) -> [String] {
    try await read { database in
      try String.fetchAll(
        database,
        sql: """
          SELECT id FROM document LEFT JOIN analysis ON analysis.document = document.number
          WHERE plugins IS NOT ? OR NOT complete ORDER BY number
          """, arguments: [plugins])
    }
  }
}
