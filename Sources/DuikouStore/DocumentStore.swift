import DuikouModel
import Foundation
import GRDB

/// Documents and what was found in them, in a SQLite database.
///
/// May be used from every thread. What a function that writes has returned is on disk: neither
/// the end of the process nor that of the machine loses it.
public final class DocumentStore: Sendable {
  let database: DatabasePool

  /// Opens the database in `folder`, or makes it, and brings it up to date.
  ///
  /// The caller holds the folder's `FolderLock`. Throws `dataLoss` for a damaged database,
  /// `failedPrecondition` for one of a later version, `unavailable` where the file system refuses.
  public init(folder: String) throws(DuikouError) {
    do {
      var configuration = Configuration()
      configuration.label = "duikou"
      configuration.prepareDatabase { database in
        try database.execute(sql: "PRAGMA synchronous = FULL")
      }
      database = try DatabasePool(path: "\(folder)/duikou.sqlite", configuration: configuration)
      let migrator = Self.migrator
      if try database.read(migrator.hasBeenSuperseded) {
        throw DuikouError(
          .failedPrecondition,
          "the data in \(folder) was written by a later version of duikoud: update this one")
      }
      try migrator.migrate(database)
    } catch let error as DuikouError {
      throw error
    } catch {
      throw DuikouError(database: error)
    }
  }

  /// Closes the database. Nothing may be called any more.
  public func close() {
    try? database.close()
  }

  /// Reads, off the cooperative pool.
  func read<Value: Sendable>(
    _ body: @Sendable @escaping (Database) throws -> Value
  ) async throws(DuikouError) -> Value {
    do {
      return try await database.read(body)
    } catch {
      throw DuikouError(database: error)
    }
  }

  /// Writes in one transaction, off the cooperative pool.
  func write<Value: Sendable>(
    _ body: @Sendable @escaping (Database) throws -> Value
  ) async throws(DuikouError) -> Value {
    do {
      return try await database.write(body)
    } catch {
      throw DuikouError(database: error)
    }
  }
}
