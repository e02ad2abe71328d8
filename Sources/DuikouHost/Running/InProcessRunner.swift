import CDuikou
import CDuikouRuntime
import Dispatch
import DuikouModel
import Synchronization

/// Runs a plugin in the host's own process, for plugins that the operator trusts with it.
///
/// A crash of the plugin ends the host. Deadlines set the cancel word and nothing more.
final class InProcessRunner: PluginRunner {
  let description: PluginDescription
  let isolation = Isolation.inProcess

  private nonisolated(unsafe) let plugin: dk_plugin
  private nonisolated(unsafe) let instance: UnsafeMutableRawPointer?
  private let gates: [CallGate?]
  private let queue: DispatchQueue
  private let contexts = ContextPool()

  /// Makes the plugin's instance. Throws what `create` fails with.
  init(_ library: LoadedLibrary) throws(DuikouError) {
    description = library.description
    plugin = readPrefix(library.plugin, size: Int(library.plugin.load(as: UInt32.self)))
    queue = DispatchQueue(label: "duikou.\(library.description.id)", attributes: .concurrent)
    gates = library.description.methods.map {
      $0.concurrency > 0 ? CallGate(width: $0.concurrency) : nil
    }
    var instance: UnsafeMutableRawPointer?
    if let create = plugin.create {
      let status = create(library.host.pointer, nil, &instance)
      guard status == DK_OK else {
        throw DuikouError(
          StatusCode(rawValue: status) ?? .unknown,
          "its create function failed with status \(status); its log lines may say why")
      }
    }
    self.instance = instance
  }

  deinit {
    plugin.destroy?(instance)
  }

  func shutDown() async {
    // The instance ends with the last reference to the runner, which running calls hold.
  }

  func call(_ request: CallRequest) async throws(DuikouError) -> CallResult {
    guard description.methods.indices.contains(request.method) else {
      throw DuikouError(.unimplemented, "\(description.id) has no method \(request.method)")
    }
    let gate = gates[request.method]
    await gate?.enter()
    defer { gate?.leave() }
    let cancel = CancelWord()
    let deadline = Deadline(after: request.timeout)
    let result: Result<CallResult, DuikouError> = await withTaskCancellationHandler {
      let timer = deadline.map { $0.timer(on: queue) { cancel.set() } }
      defer { timer?.cancel() }
      return await withUnsafeContinuation { continuation in
        queue.async {
          continuation.resume(
            returning: Result { () throws(DuikouError) in
              try self.invoke(request, cancel: cancel, deadline: deadline)
            })
        }
      }
    } onCancel: {
      cancel.set()
    }
    return try result.get()
  }

  /// Runs the method on the current thread, and waits until it returns.
  private func invoke(
    _ request: CallRequest, cancel: CancelWord, deadline: Deadline?
  ) throws(DuikouError) -> CallResult {
    guard let context = contexts.take() else {
      throw DuikouError(.resourceExhausted, "no memory for another call of \(description.id)")
    }
    defer { contexts.giveBack(context) }
    let receiver = CallReceiver(request, writes: description.methods[request.method])
    let start = dkr_now_ns()
    let status = request.image.withUnsafeBytes { image in
      MetadataList.with(request.metadata) { metadata in
        var c = dkr_request()
        c.image = image.baseAddress?.assumingMemoryBound(to: dk_image.self)
        c.deadline_ns = deadline?.nanoseconds ?? .max
        c.cancelled = cancel.address
        c.metadata = metadata.baseAddress
        c.metadata_count = UInt32(metadata.count)
        c.metadata_stride = UInt64(MemoryLayout<dk_metadata>.stride)
        c.hooks = receiver.hooks
        return dkr_invoke(context, method(request.method), instance, &c)
      }
    }
    let elapsed = UInt64(max(0, dkr_now_ns() - start))
    withExtendedLifetime(cancel) {}
    try receiver.finish(
      status: status, output: dkr_context_output(context), isLate: deadline?.hasPassed ?? false)
    return CallResult(deltas: receiver.deltas, elapsedNanoseconds: elapsed)
  }

  private func method(_ index: Int) -> UnsafePointer<dk_method>? {
    plugin.methods.map {
      (UnsafeRawPointer($0) + index * Int(plugin.method_stride))
        .assumingMemoryBound(to: dk_method.self)
    }
  }
}

/// A point of CLOCK_MONOTONIC that a call must not pass.
struct Deadline: Sendable {
  let nanoseconds: Int64

  init?(after timeout: Duration?) {
    guard let timeout else { return nil }
    let (seconds, attoseconds) = timeout.components
    let length = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    guard !length.overflow else { return nil }
    let sum = dkr_now_ns().addingReportingOverflow(
      length.partialValue + attoseconds / 1_000_000_000)
    guard !sum.overflow else { return nil }
    nanoseconds = sum.partialValue
  }

  var hasPassed: Bool { dkr_now_ns() >= nanoseconds }

  /// Calls `body` on `queue` when the deadline passes, unless cancelled before.
  func timer(
    on queue: DispatchQueue, _ body: @escaping @Sendable () -> Void
  ) -> any DispatchSourceTimer {
    let timer = DispatchSource.makeTimerSource(queue: queue)
    timer.setEventHandler(handler: body)
    timer.schedule(deadline: .now() + .nanoseconds(Int(max(0, nanoseconds - dkr_now_ns()))))
    timer.activate()
    return timer
  }
}

/// Request headers as C, for the length of a call.
enum MetadataList {
  static func with<Result>(
    _ metadata: [(name: String, value: String)],
    _ body: (UnsafeBufferPointer<dk_metadata>) -> Result
  ) -> Result {
    let names = metadata.map { Array($0.name.utf8CString) }
    let values = metadata.map { Array($0.value.utf8CString) }
    // Both hold the strings of all entries one behind another, so that one pointer pins them all.
    let nameBytes = names.flatMap { $0 }
    let valueBytes = values.flatMap { $0 }
    return nameBytes.withUnsafeBufferPointer { nameBase in
      valueBytes.withUnsafeBufferPointer { valueBase in
        var nameAt = 0
        var valueAt = 0
        let list = zip(names, values).map { name, value in
          defer {
            nameAt += name.count
            valueAt += value.count
          }
          return dk_metadata(
            name: nameBase.baseAddress.map { $0 + nameAt },
            value: valueBase.baseAddress.map { $0 + valueAt },
            value_len: UInt32(value.count - 1), reserved: 0)
        }
        return list.withUnsafeBufferPointer(body)
      }
    }
  }
}
