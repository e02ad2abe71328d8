import CDuikou
import CDuikouRuntime
import DuikouModel

/// Takes what one call flushes and what it ends with. Used from the call's thread only.
final class CallReceiver {
  private let request: CallRequest
  private let name: String
  private var reader: DeltaReader
  private(set) var deltas: [Delta] = []
  private(set) var trailers: [MetadataEntry] = []
  /// Bytes of the largest piece that was taken at once.
  private(set) var takenBytes = 0
  /// Nanoseconds for which the call has waited for whoever takes its rows.
  private(set) var waitedNanoseconds: Int64 = 0
  /// What ended the call, when it was not the method itself.
  private var failure: DuikouError?
  /// Whether it gave rows that cannot be right.
  private(set) var isRefused = false
  private var lastTold: (done: UInt64, total: UInt64) = (0, 0)
  private let deadline: Deadline?
  private let isCancelled: () -> Bool

  /// `rowSizes` has the types that the method declared to write.
  init(
    _ request: CallRequest, of method: String, rowSizes: [UInt32: Int], deadline: Deadline?,
    isCancelled: @escaping () -> Bool
  ) {
    self.request = request
    name = method
    self.deadline = deadline
    self.isCancelled = isCancelled
    reader = DeltaReader(image: request.image, schema: request.schema, rowSizes: rowSizes)
  }

  /// The longest that waiting for others moves a call's end.
  private static let longestWait: Int64 = 600_000_000_000

  /// When the call must have ended, in nanoseconds of CLOCK_MONOTONIC: its deadline, and as long
  /// again as it has waited for others, up to ten minutes.
  var end: Int64 {
    guard let deadline else { return .max }
    let end = deadline.nanoseconds.addingReportingOverflow(
      min(waitedNanoseconds, Self.longestWait))
    return end.overflow ? .max : end.partialValue
  }

  /// What the runtime calls in this process, valid as long as this object lives.
  var hooks: dkr_hooks {
    var hooks = dkr_hooks()
    hooks.context = Unmanaged.passUnretained(self).toOpaque()
    hooks.flush = { context, output in
      guard let context, let output else { return dk_status(DK_INTERNAL) }
      let receiver = Unmanaged<CallReceiver>.fromOpaque(context).takeUnretainedValue()
      return receiver.flush(CallReceiver.block(of: output))
    }
    hooks.progress = { context, done, total in
      guard let context else { return }
      Unmanaged<CallReceiver>.fromOpaque(context).takeUnretainedValue().told(done, of: total)
    }
    return hooks
  }

  /// A call's output in this process, as bytes.
  static func block(of output: UnsafePointer<dkr_output>) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: output, count: Int(clamping: output.pointee.block_size))
  }

  /// When to look how far the call is, at the latest when it must have ended.
  var nextWake: Int64 {
    request.onProgress == nil ? end : min(end, dkr_now_ns() + 100_000_000)
  }

  /// Hears how far the call is.
  func told(_ done: UInt64, of total: UInt64) {
    guard (done, total) != lastTold else { return }
    lastTold = (done, total)
    request.onProgress?(done, total)
  }

  /// Takes rows in the middle of the call; returns what `flush` is to return. Behind a flush that
  /// failed nothing is taken any more.
  func flush(_ block: UnsafeRawBufferPointer) -> dk_status {
    if let failure { return failure.code.rawValue }
    do throws(DuikouError) {
      _ = try take(block)
      return dk_status(DK_OK)
    } catch {
      failure = error
      return error.code.rawValue
    }
  }

  /// Takes the rest of the rows, or throws what the call failed with. Returns false, and takes nothing,
  /// where they have more than `limit` bytes.
  func finish(
    status: dk_status, block: UnsafeRawBufferPointer, isLate: Bool, limit: Int = .max
  ) throws(DuikouError) -> Bool {
    if let failure { throw failure }
    guard status == DK_OK else {
      let code = StatusCode(rawValue: status) ?? .unknown
      let message = Self.message(of: block)
      throw DuikouError(
        isLate && code == .cancelled ? .deadlineExceeded : code,
        message.isEmpty ? "\(name) ended with \(code) and no message" : message)
    }
    guard let trailers = MetadataEntry.read(from: block) else {
      isRefused = true
      throw DuikouError(.dataLoss, "\(name) gave trailers that cannot be right")
    }
    self.trailers = trailers
    return try take(block, limit: limit)
  }

  private func take(
    _ block: UnsafeRawBufferPointer, limit: Int = .max
  ) throws(DuikouError) -> Bool {
    // What is not going to be kept need not be copied and checked.
    let budget = request.onDelta == nil ? request.budget : nil
    let left = budget?.left ?? .max
    switch try read(block, limit: min(limit, left)) {
    case .nothing: return true
    case .larger:
      if let budget, left < limit { throw budget.exhausted }
      return false
    case .delta(let delta): try keep(delta)
    }
    return true
  }

  private func read(
    _ block: UnsafeRawBufferPointer, limit: Int
  ) throws(DuikouError) -> DeltaReader.Reading {
    do throws(DuikouError) {
      return try reader.read(block, limit: limit) { () throws(DuikouError) in try checkWanted() }
    } catch {
      if error.code == .dataLoss { isRefused = true }
      throw error
    }
  }

  private func keep(_ delta: Delta) throws(DuikouError) {
    takenBytes = max(takenBytes, delta.byteCount)
    guard let onDelta = request.onDelta else {
      try request.budget?.take(delta)
      return deltas.append(delta)
    }
    let start = dkr_now_ns()
    defer { waitedNanoseconds += dkr_now_ns() - start }
    try onDelta(delta)
  }

  private func checkWanted() throws(DuikouError) {
    if isCancelled() { throw .callCancelled }
    if dkr_now_ns() >= end {
      throw DuikouError(.deadlineExceeded, "\(name) gave more rows than could be checked in time")
    }
  }

  /// Why a call failed, from an output that nobody vouches for; empty where it does not say.
  static func message(of block: UnsafeRawBufferPointer) -> String {
    guard block.count >= MemoryLayout<dkr_output>.size else { return "" }
    let output = block.loadUnaligned(as: dkr_output.self)
    let offset = Int(clamping: output.message_off)
    let length = min(Int(output.message_len), Int(DKR_MESSAGE_MAX))
    guard offset <= block.count, length <= block.count - offset else { return "" }
    let bytes = UnsafeRawBufferPointer(rebasing: block[offset..<offset + length])
    // One sentence, one line: who writes lines into a log must not write others.
    return String(decoding: bytes, as: UTF8.self).withoutControls
  }
}
