import DuikouModel
import Logging
import TestSupport
import Testing

@testable import DuikouHost

@Suite("The book of a plugin's failures")
struct FailureBookTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func open() -> FailureBook {
    FailureBook(
      path: "\(folder.path)/book", logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  @Test("remembers across a restart that a call went well in between")
  func successes() {
    for _ in 0..<4 { open().failed("SIGSEGV", document: nil) }
    #expect(open().quarantine == nil)
    open().succeeded(document: nil)
    open().failed("SIGSEGV", document: nil)
    #expect(open().quarantine == nil, "five, but not in a row")
    for _ in 0..<4 { open().failed("SIGSEGV", document: nil) }
    #expect(open().quarantine != nil)
    open().release()
    #expect(open().quarantine == nil)
  }

  @Test("has on disk what it knows, however many write at once")
  func concurrent() async {
    let book = open()
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<200 {
        group.addTask { book.failed("SIGSEGV", document: "\(number % 50)") }
      }
    }
    #expect(book.setAsideCount == 50 && open().setAsideCount == 50)
    book.release()
    #expect(open().setAsideCount == 0)
  }
}
