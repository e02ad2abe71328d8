import CDuikou
import CDuikouRuntime
import DuikouModel
import Synchronization
import Testing

@testable import DuikouHost

@Suite("Whoever receives a call's rows")
struct CallReceiverTests {
  /// A call's output with so many places.
  private static func output(places: Int) -> [UInt64] {
    let rows = places * MemoryLayout<dk_place>.size
    let start = MemoryLayout<dkr_output>.size + MemoryLayout<dkr_segment>.size
    var block = [UInt64](repeating: 0, count: (start + rows) / 8)
    var output = dkr_output()
    output.segments_off = UInt64(MemoryLayout<dkr_output>.size)
    output.segment_count = 1
    output.block_size = UInt64(start + rows)
    var segment = dkr_segment()
    segment.type = UInt32(DK_PLACE)
    segment.row_size = UInt32(MemoryLayout<dk_place>.size)
    segment.rows_off = UInt64(start)
    segment.row_count = UInt32(places)
    block.withUnsafeMutableBytes { bytes in
      bytes.storeBytes(of: output, as: dkr_output.self)
      bytes.storeBytes(
        of: segment, toByteOffset: MemoryLayout<dkr_output>.size, as: dkr_segment.self)
    }
    return block
  }

  private func receiver(
    timeout: Duration? = nil, _ configure: (inout CallRequest) -> Void
  ) throws -> CallReceiver {
    var builder = ImageBuilder()
    builder.append(document: "北京市".utf8, uri: "", title: "")
    var request = CallRequest(method: 0, image: try builder.build(), schema: .domain)
    configure(&request)
    return CallReceiver(
      request, of: "Test", rowSizes: [UInt32(DK_PLACE): MemoryLayout<dk_place>.size],
      deadline: Deadline(after: timeout), isCancelled: { false })
  }

  @Test("counts each flush against the budget, be it of one row")
  func smallFlushes() throws {
    let budget = ImageBudget(10_000, schema: .domain)
    let receiver = try receiver { $0.budget = budget }
    Self.output(places: 1).withUnsafeBytes { block in
      while receiver.flush(block) == DK_OK, receiver.deltas.count < 100 {}
      let error = #expect(throws: DuikouError.self) {
        try receiver.finish(status: dk_status(DK_OK), block: block, isLate: false)
      }
      #expect(error?.code == .resourceExhausted)
    }
    #expect(receiver.deltas.count == 10_000 / (72 + 256 + 128) && !receiver.isRefused)
  }

  @Test("does not read what the budget cannot hold")
  func beyondBudget() throws {
    let receiver = try receiver { $0.budget = ImageBudget(1000, schema: .domain) }
    // Rows that would be refused were they looked at.
    var block = Self.output(places: 100)
    block[block.count - 1] = .max
    block.withUnsafeBytes { block in
      #expect(receiver.flush(block) == DK_RESOURCE_EXHAUSTED)
    }
    #expect(!receiver.isRefused)
  }

  @Test("takes nothing behind a flush that failed, and fails the call with what that did")
  func flushBehindFailure() throws {
    let asked = Mutex(0)
    let receiver = try receiver { request in
      request.onDelta = { (_) throws(DuikouError) in
        asked.withLock { $0 += 1 }
        throw DuikouError(.cancelled, "the receiver does not listen")
      }
    }
    let waited = Self.output(places: 1).withUnsafeBytes { block in
      #expect(receiver.flush(block) == DK_CANCELLED)
      let waited = receiver.waitedNanoseconds
      for _ in 0..<3 { #expect(receiver.flush(block) == DK_CANCELLED) }
      let error = #expect(throws: DuikouError.self) {
        try receiver.finish(status: dk_status(DK_OK), block: block, isLate: false)
      }
      #expect(error?.message == "the receiver does not listen")
      return waited
    }
    #expect(asked.withLock { $0 } == 1)
    #expect(receiver.waitedNanoseconds == waited, "the deadline stays where it is")
  }
}
