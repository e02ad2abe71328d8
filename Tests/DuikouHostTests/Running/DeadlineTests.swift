import Testing

@testable import DuikouHost

@Suite("A deadline")
struct DeadlineTests {
  @Test("tells who began in the first half of it from who began later")
  func half() throws {
    let deadline = try #require(Deadline(after: .seconds(60)))
    let second: Int64 = 1_000_000_000
    #expect(deadline.leavesHalf(behind: deadline.nanoseconds - 60 * second))
    #expect(deadline.leavesHalf(behind: deadline.nanoseconds - 30 * second))
    #expect(!deadline.leavesHalf(behind: deadline.nanoseconds - 29 * second))
    #expect(!deadline.leavesHalf(behind: deadline.nanoseconds + second))
  }
}
