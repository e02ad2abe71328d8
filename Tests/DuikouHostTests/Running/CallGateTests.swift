import DuikouModel
import Testing

@testable import DuikouHost

@Suite("A gate for calls")
struct CallGateTests {
  @Test("lets nobody in whose time is up while others are inside")
  func late() async throws {
    let gate = CallGate(width: 1)
    try await gate.enter(before: nil)
    let error = await #expect(throws: DuikouError.self) {
      try await gate.enter(before: Deadline(after: .zero))
    }
    #expect(error?.code == .deadlineExceeded)
    gate.leave()
    try await gate.enter(before: nil)
  }
}
