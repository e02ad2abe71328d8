import DuikouModel
import GRDB

extension DuikouError {
  /// What the database failed with.
  init(database error: any Error) {
    switch error {
    case let error as DuikouError:
      self = error
    case is CancellationError:
      self.init(.cancelled, "the caller does not wait any more")
    case let error as DatabaseError:
      self.init(error)
    default:
      self.init(.unavailable, "the database failed", cause: error)
    }
  }

  private init(_ error: DatabaseError) {
    switch error.resultCode {
    case .SQLITE_FULL:
      self.init(.resourceExhausted, "the disk is full: make room, then try again", cause: error)
    case .SQLITE_CORRUPT, .SQLITE_NOTADB:
      self.init(
        .dataLoss, "the database is damaged: restore the data folder from a copy", cause: error)
    case .SQLITE_TOOBIG:
      self.init(.resourceExhausted, "the document is too large for the database", cause: error)
    case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_READONLY:
      self.init(
        .permissionDenied, "the database cannot be written: check the data folder's permissions",
        cause: error)
    case .SQLITE_INTERRUPT:
      self.init(.cancelled, "the caller does not wait any more", cause: error)
    default:
      self.init(.unavailable, "the database failed: try again", cause: error)
    }
  }
}
