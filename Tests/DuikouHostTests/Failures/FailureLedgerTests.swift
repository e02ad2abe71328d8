import Testing

@testable import DuikouHost

@Suite("A plugin's failures")
struct FailureLedgerTests {
  @Test("delay the next call from the second on, ever longer, up to a limit")
  func delays() {
    var ledger = FailureLedger()
    var delays: [Int64] = []
    for _ in 0..<12 {
      _ = ledger.failed("SIGSEGV", document: nil)
      delays.append(ledger.delay / 1_000_000)
    }
    #expect(delays == [0, 100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000, 10_000, 10_000])
    ledger.succeeded(document: nil)
    #expect(ledger.delay == 0)
  }

  @Test("put it into quarantine after five in a row, once, until it is released")
  func quarantine() {
    var ledger = FailureLedger()
    let told = (0..<7).map { _ in ledger.failed("SIGSEGV in parse", document: nil) }
    #expect(told == [false, false, false, false, true, false, false])
    #expect(ledger.quarantine == "it failed 5 times in a row, at last: SIGSEGV in parse")
    ledger.release()
    #expect(ledger.quarantine == nil && ledger.isEmpty)
  }

  @Test("are forgotten when a call ends well in between")
  func interrupted() {
    var ledger = FailureLedger()
    for _ in 0..<10 {
      for _ in 0..<4 { _ = ledger.failed("late", document: nil) }
      ledger.succeeded(document: nil)
    }
    #expect(ledger.quarantine == nil)
  }

  @Test("set a document aside at the second one over it, and no other")
  func documents() {
    var ledger = FailureLedger()
    _ = ledger.failed("SIGSEGV", document: "a")
    ledger.succeeded(document: "b")
    #expect(ledger.setAside("a") == nil)
    _ = ledger.failed("SIGABRT", document: "a")
    #expect(ledger.setAside("a") == "SIGABRT" && ledger.setAside("b") == nil)
    #expect(ledger.setAsideCount == 1)
    ledger.retry("a")
    #expect(ledger.setAside("a") == nil)
    _ = ledger.failed("SIGABRT", document: "a")
    #expect(ledger.setAside("a") == "SIGABRT")
    ledger.retry("a")
    ledger.succeeded(document: "a")
    #expect(ledger.documents.isEmpty)
  }

  @Test("are remembered for the last thousand documents, in few words")
  func limits() {
    var ledger = FailureLedger()
    let reason = String(repeating: "字", count: 10_000)
    for number in 0..<1200 { _ = ledger.failed(reason, document: "\(number)") }
    #expect(ledger.documents.count == 1000)
    #expect(ledger.documents["199"] == nil && ledger.documents["200"] != nil)
    let kept = ledger.documents.values.map(\.reason) + [ledger.lastReason]
    #expect(kept.allSatisfy { $0 == String(repeating: "字", count: 170) })
    #expect((ledger.quarantine?.utf8.count ?? 0) < 600)
  }
}
