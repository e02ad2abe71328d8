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

  @Test("is of this world, whatever it is asked for")
  func absurd() throws {
    for timeout in [Duration.seconds(Int64.max), .seconds(Int64.max / 1_000_000_000)] {
      let deadline = try #require(Deadline(after: timeout))
      #expect(!deadline.hasPassed && deadline.remaining > .seconds(9 * 365 * 86_400))
    }
    for timeout in [Duration.seconds(Int64.min), .seconds(-1), .zero] {
      #expect(try #require(Deadline(after: timeout)).hasPassed)
    }
    #expect(Deadline(after: nil)?.nanoseconds == nil)
  }
}
