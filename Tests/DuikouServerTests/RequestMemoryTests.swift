import DuikouModel
import Testing

@testable import DuikouServer

@Suite("The memory of running requests")
struct RequestMemoryTests {
  @Test("is taken up to a limit, and given back when a call ends")
  func limit() throws {
    let memory = RequestMemory(limit: 100)
    var held: EndOfCall? = try memory.take(60)
    let error = #expect(throws: DuikouError.self) { _ = try memory.take(41) }
    #expect(error?.code == .resourceExhausted)
    let other = try memory.take(40)
    withExtendedLifetime((held, other)) {}
    held = nil
    _ = try memory.take(60)
  }
}
