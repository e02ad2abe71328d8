import DuikouModel
import TestSupport
import Testing

@testable import DuikouHost

@Suite("The book of a plugin's failures")
struct FailureBookTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func open() -> FailureBook {
    FailureBook(
      path: "\(folder.path)/book", logger: .silent)
  }

  /// What a host notes that ends then.
  private func note(_ body: (FailureBook) -> Void) {
    let book = open()
    body(book)
    book.keep()
  }

  @Test("remembers across a restart that a call went well in between")
  func successes() {
    for _ in 0..<4 { note { $0.failed("SIGSEGV", document: nil) } }
    #expect(open().quarantine == nil)
    note { $0.succeeded(document: nil) }
    note { $0.failed("SIGSEGV", document: nil) }
    #expect(open().quarantine == nil, "five, but not in a row")
    for _ in 0..<4 { note { $0.failed("SIGSEGV", document: nil) } }
    #expect(open().quarantine != nil)
    open().release()
    #expect(open().quarantine == nil)
  }

  @Test("has on disk what it knows, however many write at once")
  func concurrent() async {
    let book = open()
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<200 {
        group.addTask {
          book.failed("SIGSEGV", document: "\(number % 50)")
          book.keep()
        }
      }
    }
    #expect(book.setAsideCount == 50 && open().setAsideCount == 50)
    book.release()
    #expect(open().setAsideCount == 0)
  }

  @Test("writes only what is new")
  func changes() {
    let book = open()
    book.succeeded(document: "a")
    #expect(!book.isChanged)
    book.failed("SIGSEGV", document: "a")
    #expect(book.isChanged)
    book.keep()
    #expect(!book.isChanged)
    book.succeeded(document: "b")
    #expect(book.isChanged, "no failure in a row any more")
    book.keep()
    book.succeeded(document: "b")
    #expect(!book.isChanged)
    book.succeeded(document: "a")
    #expect(book.isChanged)
  }
}
