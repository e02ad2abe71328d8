import CDuikou
import CDuikouRuntime
import DuikouModel

/// Takes what one call flushes and what it ends with. Used from the call's thread only.
final class CallReceiver {
  private let request: CallRequest
  private let name: String
  private var reader: DeltaReader
  private(set) var deltas: [Delta] = []
  /// Bytes of the largest delta.
  private(set) var takenBytes = 0
  private var keptBytes = 0

  /// Bytes of all deltas that a call may give where nobody takes them one by one.
  private static let keptLimit = 1 << 30
  /// What ended the call, when it was not the method itself.
  private var failure: DuikouError?
  private var lastTold: (done: UInt64, total: UInt64) = (0, 0)

  init(_ request: CallRequest, writes method: MethodDescription) {
    self.request = request
    name = method.name
    let written = method.uses.filter(\.writes).map { ($0.type, $0.rowSize) }
    reader = DeltaReader(
      image: request.image, schema: request.schema,
      rowSizes: Dictionary(written) { first, _ in first })
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

  /// When to look how far the call is, at the latest at `end` (nanoseconds of CLOCK_MONOTONIC).
  func nextWake(before end: Int64) -> Int64 {
    request.onProgress == nil ? end : min(end, dkr_now_ns() + 100_000_000)
  }

  /// Hears how far the call is.
  func told(_ done: UInt64, of total: UInt64) {
    guard (done, total) != lastTold else { return }
    lastTold = (done, total)
    request.onProgress?(done, total)
  }

  /// Takes rows in the middle of the call; returns what `flush` is to return.
  func flush(_ block: UnsafeRawBufferPointer) -> dk_status {
    do throws(DuikouError) {
      try take(block)
      return dk_status(DK_OK)
    } catch {
      failure = error
      return error.code.rawValue
    }
  }

  /// Takes the rest of the rows, or throws what the call failed with.
  func finish(
    status: dk_status, block: UnsafeRawBufferPointer, isLate: Bool
  ) throws(DuikouError) {
    if let failure { throw failure }
    guard status == DK_OK else {
      let code = StatusCode(rawValue: status) ?? .unknown
      let message = Self.message(of: block)
      throw DuikouError(
        isLate && code == .cancelled ? .deadlineExceeded : code,
        message.isEmpty ? "\(name) ended with \(code) and no message" : message)
    }
    try take(block)
  }

  private func take(_ block: UnsafeRawBufferPointer) throws(DuikouError) {
    let delta = try reader.read(block)
    takenBytes = max(takenBytes, delta.byteCount)
    guard !delta.isEmpty else { return }
    if let onDelta = request.onDelta {
      try onDelta(delta)
    } else {
      keptBytes += delta.byteCount
      guard keptBytes <= Self.keptLimit else {
        throw DuikouError(
          .resourceExhausted,
          "\(name) gives more than \(Self.keptLimit >> 20) MiB of rows in one call")
      }
      deltas.append(delta)
    }
  }

  /// Why a call failed, from an output that nobody vouches for; empty where it does not say.
  static func message(of block: UnsafeRawBufferPointer) -> String {
    guard block.count >= MemoryLayout<dkr_output>.size else { return "" }
    let output = block.loadUnaligned(as: dkr_output.self)
    let offset = Int(clamping: output.message_off)
    let length = min(Int(output.message_len), Int(DKR_MESSAGE_MAX))
    guard offset <= block.count, length <= block.count - offset else { return "" }
    return String(
      decoding: UnsafeRawBufferPointer(rebasing: block[offset..<offset + length]), as: UTF8.self)
  }
}
