import CDuikou
import CDuikouRuntime
import DuikouModel

/// Takes what one call flushes and what it ends with. Used from the call's thread only.
final class CallReceiver {
  private let request: CallRequest
  private let name: String
  private var reader: DeltaReader
  private(set) var deltas: [Delta] = []
  /// What ended the call, when it was not the method itself.
  private var failure: DuikouError?

  init(_ request: CallRequest, writes method: MethodDescription) {
    self.request = request
    name = method.name
    let written = method.uses.filter(\.writes).map { ($0.type, $0.rowSize) }
    reader = DeltaReader(
      image: request.image, schema: request.schema,
      rowSizes: Dictionary(written) { first, _ in first })
  }

  /// What the runtime calls, valid as long as this object lives.
  var hooks: dkr_hooks {
    var hooks = dkr_hooks()
    hooks.context = Unmanaged.passUnretained(self).toOpaque()
    hooks.flush = { context, output in
      guard let context, let output else { return dk_status(DK_INTERNAL) }
      return Unmanaged<CallReceiver>.fromOpaque(context).takeUnretainedValue().flush(output)
    }
    hooks.progress = { context, done, total in
      guard let context else { return }
      let receiver = Unmanaged<CallReceiver>.fromOpaque(context).takeUnretainedValue()
      receiver.request.onProgress?(done, total)
    }
    return hooks
  }

  /// Takes the rest of the rows, or throws what the call failed with.
  func finish(
    status: dk_status, output: UnsafePointer<dkr_output>?, isLate: Bool
  ) throws(DuikouError) {
    if let failure { throw failure }
    guard let output else { throw DuikouError(.internalError, "the call has no output") }
    guard status == DK_OK else {
      let code = StatusCode(rawValue: status) ?? .unknown
      let isDeadline = isLate && code == .cancelled
      throw DuikouError(
        isDeadline ? .deadlineExceeded : code, message(of: output, code: code))
    }
    try take(output)
  }

  private func flush(_ output: UnsafePointer<dkr_output>) -> dk_status {
    do {
      try take(output)
      return dk_status(DK_OK)
    } catch {
      failure = error
      return error.code.rawValue
    }
  }

  private func take(_ output: UnsafePointer<dkr_output>) throws(DuikouError) {
    let block = UnsafeRawBufferPointer(
      start: output, count: Int(clamping: output.pointee.block_size))
    let delta = try reader.read(block)
    guard !delta.isEmpty else { return }
    if let onDelta = request.onDelta {
      try onDelta(delta)
    } else {
      deltas.append(delta)
    }
  }

  private func message(of output: UnsafePointer<dkr_output>, code: StatusCode) -> String {
    let length = min(Int(output.pointee.message_len), Int(DKR_MESSAGE_MAX))
    let start = UnsafeRawPointer(output) + Int(output.pointee.message_off)
    let text = String(
      decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self)
    return text.isEmpty ? "\(name) ended with \(code) and no message" : text
  }
}
