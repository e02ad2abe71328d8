import DuikouModel
import Foundation
import GRDB
import TestSupport
import Testing

@testable import DuikouStore

@Suite("The kept audit")
struct AuditTests {
  private let folder: TemporaryFolder
  private let store: DocumentStore

  init() throws {
    folder = try TemporaryFolder()
    store = try DocumentStore(folder: folder.path)
  }

  private func entry(_ number: Int) -> AuditEntry {
    AuditEntry(
      milliseconds: Int64(number), event: "call-refused", caller: "客户\(number)", object: "a/B",
      reason: "无令牌", times: number)
  }

  @Test("has its entries in order, the newest first, page by page")
  func pages() async throws {
    for number in 1...5 { try await store.append(entry(number)) }
    let first = try await store.auditEntries(behind: nil, limit: 2)
    #expect(first.map(\.number) == [5, 4] && first.map(\.caller) == ["客户5", "客户4"])
    let rest = try await store.auditEntries(behind: 4, limit: 10)
    #expect(rest.map(\.times) == [3, 2, 1] && rest.allSatisfy { $0.reason == "无令牌" })
  }

  @Test(
    "is only added to, whoever opens the database",
    arguments: ["UPDATE audit SET reason = ''", "DELETE FROM audit"])
  func appendOnly(_ sql: String) async throws {
    try await store.append(entry(1))
    let other = try DatabaseQueue(path: "\(folder.path)/duikou.sqlite")
    #expect(throws: DatabaseError.self) { try other.write { try $0.execute(sql: sql) } }
    #expect(try await store.auditEntries(behind: nil, limit: 9).map(\.reason) == ["无令牌"])
  }
}
