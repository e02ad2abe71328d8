import Testing

@testable import DuikouServer

@Suite("The audit")
struct AuditThrottleTests {
  private let minute: Int64 = 60_000_000_000

  @Test("has equal refusals once a minute, and tells how many were left out")
  func equal() {
    var throttle = AuditThrottle()
    #expect(throttle.admit("m", of: "a", now: 5) == .init(isWritten: true, leftOut: 0))
    #expect(throttle.admit("m", of: "a", now: 6) == .init(isWritten: false, leftOut: 0))
    #expect(throttle.admit("m", of: "b", now: 7) == .init(isWritten: true, leftOut: 0))
    #expect(throttle.admit("m", of: "a", now: 4 + minute) == .init(isWritten: false, leftOut: 0))
    #expect(throttle.admit("m", of: "b", now: 5 + minute) == .init(isWritten: true, leftOut: 2))
    #expect(throttle.admit("m", of: "a", now: 6 + minute) == .init(isWritten: true, leftOut: 0))
  }

  @Test("takes no more than so many of one caller, and leaves room for others")
  func ofOne() {
    var throttle = AuditThrottle(most: 60, mostOfOne: 10)
    #expect((0..<1000).count { throttle.admit("\($0)", of: "a", now: 0).isWritten } == 10)
    #expect(throttle.admit("1", of: "b", now: 1).isWritten)
  }

  @Test("takes no more than so many in all, however many callers there are")
  func most() {
    var throttle = AuditThrottle(most: 3, mostOfOne: 2)
    #expect((0..<1000).count { throttle.admit("m", of: "\($0)", now: 0).isWritten } == 3)
    #expect(throttle.admit("m", of: "x", now: minute) == .init(isWritten: true, leftOut: 997))
  }
}
