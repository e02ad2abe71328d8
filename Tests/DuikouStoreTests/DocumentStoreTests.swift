import DuikouModel
import Foundation
import GRDB
import TestSupport
import Testing

@testable import DuikouStore

@Suite("The store")
struct DocumentStoreTests {
  private let folder: TemporaryFolder
  private let store: DocumentStore

  init() throws {
    folder = try TemporaryFolder()
    store = try DocumentStore(folder: folder.path)
  }

  private func document(_ number: Int) -> StoredDocument {
    let digits = String(number, radix: 16)
    return StoredDocument(
      id: String(repeating: "0", count: 64 - digits.count) + digits, uri: "file-\(number).txt",
      title: "第\(number)份", size: 3, addedMilliseconds: Int64(number))
  }

  private func analysis(_ plugins: String) -> StoredAnalysis {
    StoredAnalysis(plugins: plugins, image: [1, 2, 3], report: Array(plugins.utf8))
  }

  @Test("gives back what was put, and knows it when it comes again")
  func puts() async throws {
    let document = document(1)
    #expect(try await store.put(document, bytes: [1, 2, 3]))
    #expect(try await store.put(document, bytes: [1, 2, 3]) == false)
    let kept = try await store.document(document.id)
    #expect(kept.title == "第1份" && kept.uri == "file-1.txt" && kept.size == 3)
    #expect(kept.addedMilliseconds == 1 && !kept.isAnalyzed)
    #expect(try await store.bytes(of: document.id) == [1, 2, 3])
  }

  @Test("takes another day of publication, and forgets what was found by the one before")
  func published() async throws {
    var document = document(1)
    _ = try await store.put(document, bytes: [1])
    try await store.keep(analysis("a"), of: document, at: 0)
    _ = try await store.put(document, bytes: [1])
    #expect(try await store.document(document.id).isAnalyzed)

    let undated = document
    document.published = CivilDate(year: 2026, month: 2, day: 4)
    #expect(try await store.put(document, bytes: [1]) == false)
    var kept = try await store.document(document.id)
    #expect(kept.published == document.published && !kept.isAnalyzed)

    let error = await #expect(throws: DuikouError.self) {
      try await store.keep(analysis("a"), of: undated, at: 1)
    }
    #expect(error?.code == .aborted)
    #expect(try await store.document(document.id).isAnalyzed == false)
    try await store.keep(analysis("a"), of: document, at: 2)
    _ = try await store.put(undated, bytes: [1])
    _ = try await store.put(document, bytes: [1])
    kept = try await store.document(document.id)
    #expect(kept.published == document.published && kept.isAnalyzed)
  }

  @Test("lists the newest first, page by page")
  func pages() async throws {
    for number in 1...5 { _ = try await store.put(document(number), bytes: []) }
    let first = try await store.documents(behind: nil, limit: 2)
    #expect(first.map(\.uri) == ["file-5.txt", "file-4.txt"])
    let second = try await store.documents(behind: first.last?.number, limit: 10)
    #expect(second.map(\.uri) == ["file-3.txt", "file-2.txt", "file-1.txt"])
    #expect(try await store.allDocuments() == (1...5).map { document($0).id })
  }

  @Test("keeps nothing incomplete in place of what is complete, and has the incomplete tried again")
  func incomplete() async throws {
    let document = document(1)
    _ = try await store.put(document, bytes: [1])
    var partial = analysis("a")
    partial.isComplete = false
    partial.image = [9]
    try await store.keep(partial, of: document, at: 0)
    #expect(try await store.analysis(of: document.id, by: "a") == partial)
    #expect(try await store.documents(withoutAnalysisBy: "a") == [document.id])
    try await store.keep(analysis("a"), of: document, at: 1)
    #expect(try await store.documents(withoutAnalysisBy: "a") == [])
    try await store.keep(partial, of: document, at: 2)
    #expect(try await store.analysis(of: document.id, by: "a") == analysis("a"))
    // Other plugins' records are not what is asked for any more.
    partial.plugins = "b"
    try await store.keep(partial, of: document, at: 3)
    #expect(try await store.analysis(of: document.id, by: "b") == partial)
  }

  @Test("keeps of two that are incomplete the one with fewer failures")
  func failures() async throws {
    let document = document(1)
    _ = try await store.put(document, bytes: [1])
    var partial = analysis("a")
    partial.isComplete = false
    for (failures, kept) in [(2, 2), (3, 2), (2, 2), (1, 1), (2, 1)] {
      partial.failures = failures
      try await store.keep(partial, of: document, at: 0)
      #expect(try await store.analysis(of: document.id, by: "a")?.failures == kept)
    }
  }

  @Test("has those in which something failed tried again when that may go well from now on")
  func reopening() async throws {
    for number in 1...2 {
      _ = try await store.put(document(number), bytes: [1])
      var analysis = analysis("a")
      analysis.failures = number - 1
      try await store.keep(analysis, of: document(number), at: 0)
    }
    #expect(try await store.documents(withoutAnalysisBy: "a") == [])
    try await store.reopenFailures()
    #expect(try await store.documents(withoutAnalysisBy: "a") == [document(2).id])
  }

  @Test("refuses what the database cannot hold, with what to do")
  func tooLarge() {
    let error = #expect(throws: DuikouError.self) {
      try DocumentStore.check(1_000_000_000, of: "a")
    }
    #expect(error?.code == .resourceExhausted && error?.message.contains("split") == true)
  }

  @Test("forgets a document with all that was found in it")
  func deletes() async throws {
    let document = document(1)
    _ = try await store.put(document, bytes: [1])
    try await store.keep(analysis("a"), of: document, at: 0)
    try await store.delete(document.id)
    for call in [
      { _ = try await store.document(document.id) }, { _ = try await store.bytes(of: document.id) },
      { try await store.delete(document.id) },
      { try await store.keep(analysis("a"), of: document, at: 0) },
    ] as [() async throws -> Void] {
      let error = await #expect(throws: DuikouError.self) { try await call() }
      #expect(error?.code == .notFound)
    }
    let left = try await store.database.read { database in
      try Int.fetchOne(
        database,
        sql: "SELECT (SELECT count(*) FROM content) + (SELECT count(*) FROM analysis)")
    }
    #expect(left == 0)
  }

  @Test("keeps one analysis of a document, and tells whose it is")
  func analyses() async throws {
    let (old, new) = (document(1), document(2))
    for document in [old, new] { _ = try await store.put(document, bytes: []) }
    try await store.keep(analysis("a"), of: old, at: 0)
    #expect(try await store.analysis(of: old.id, by: "a") == analysis("a"))
    #expect(try await store.analysis(of: old.id, by: "b") == nil)
    #expect(try await store.documents(withoutAnalysisBy: "a") == [new.id])
    #expect(try await store.documents(withoutAnalysisBy: "b") == [old.id, new.id])
    try await store.keep(analysis("b"), of: old, at: 1)
    #expect(try await store.analysis(of: old.id, by: "a") == nil)
    #expect(try await store.document(old.id).isAnalyzed)
  }

  @Test("finds everything again when it is opened anew")
  func reopens() async throws {
    _ = try await store.put(document(1), bytes: [7])
    let again = try DocumentStore(folder: folder.path)
    #expect(try await again.bytes(of: document(1).id) == [7])
  }

  @Test("says that the disk is full, and loses nothing")
  func fullDisk() async throws {
    _ = try await store.put(document(1), bytes: [1])
    try await store.database.write { database in
      let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
      try database.execute(sql: "PRAGMA max_page_count = \(pages + 2)")
    }
    let error = await #expect(throws: DuikouError.self) {
      _ = try await store.put(document(2), bytes: Array(repeating: 7, count: 1 << 20))
    }
    #expect(error?.code == .resourceExhausted)
    #expect(try await store.allDocuments() == [document(1).id])
  }

  @Test("refuses a database that is damaged, and one of a later version")
  func unusable() throws {
    let damaged = try TemporaryFolder()
    try damaged.write("duikou.sqlite", Array(repeating: 0x41, count: 8192))
    #expect(throws: DuikouError.self) { try DocumentStore(folder: damaged.path) }
    do throws(DuikouError) { _ = try DocumentStore(folder: damaged.path) } catch {
      #expect(error.code == .dataLoss)
    }
    try store.database.write { database in
      try database.execute(sql: "INSERT INTO grdb_migrations VALUES ('9999')")
    }
    do throws(DuikouError) { _ = try DocumentStore(folder: folder.path) } catch {
      #expect(error.code == .failedPrecondition)
      #expect(error.message.contains("later version"))
    }
  }
}
