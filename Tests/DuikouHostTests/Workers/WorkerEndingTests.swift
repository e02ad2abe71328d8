import CDuikouRuntime
import Testing

@testable import DuikouHost

@Suite("How a worker ended")
struct WorkerEndingTests {
  @Test("is a status, a signal, or what the system does not say")
  func endings() {
    #expect(WorkerLife.Ending(3) == .exited(3) && WorkerLife.Ending(0) == .exited(0))
    #expect(WorkerLife.Ending(-9) == .killed(signal: 9))
    #expect(WorkerLife.Ending(Int32(DKR_STATUS_UNKNOWN)) == .unknown)
  }
}
