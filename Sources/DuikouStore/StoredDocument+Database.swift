import DuikouModel
import GRDB

extension StoredDocument: FetchableRecord {
  /// The columns that a document is read from.
  static let selection = """
    SELECT document.*, analysis.document IS NOT NULL AS analyzed
    FROM document LEFT JOIN analysis ON analysis.document = document.number
    """

  /// Reads a row of `selection`.
  public init(row: GRDB.Row) {
    self.init(
      id: row["id"], uri: row["uri"], title: row["title"], size: row["size"],
      published: (row["published"] as Int?).map { CivilDate(days: $0) },
      addedMilliseconds: row["added_ms"], isAnalyzed: row["analyzed"])
    number = row["number"]
  }
}
