import Testing

@testable import DuikouServer

@Suite("The audit")
struct AuditThrottleTests {
  private let minute: Int64 = 60_000_000_000

  @Test("has equal refusals once a minute, with how many they were")
  func equal() {
    var throttle = AuditThrottle()
    #expect(throttle.admit("a", now: 5) == 1)
    #expect(throttle.admit("a", now: 6) == nil)
    #expect(throttle.admit("b", now: 7) == 1)
    #expect(throttle.admit("a", now: 4 + minute) == nil)
    #expect(throttle.admit("a", now: 5 + minute) == 3)
    #expect(throttle.admit("b", now: 6 + minute) == 1)
  }

  @Test("takes no more than so many entries a minute, however different they are")
  func most() {
    var throttle = AuditThrottle(most: 3)
    let admitted = (0..<1000).count { throttle.admit("\($0)", now: 0) != nil }
    #expect(admitted == 3)
    #expect(throttle.admit("new", now: minute) == 1)
  }
}
