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
  private let gates: MethodGates
  /// By method: the row sizes of the types that it writes.
  private let written: [[UInt32: Int]]
  private let queue: DispatchQueue
  private let threads: BlockingThreads
  private let contexts = ContextPool()

  /// Makes the plugin's instance, from an image with the row of its configuration. Throws what `create`
  /// fails with.
  init(_ library: LoadedLibrary, configuration: Image? = nil) throws(DuikouError) {
    description = library.description
    plugin = readPrefix(library.plugin, size: Int(library.plugin.pointee.size))
    written = library.description.methods.map(\.writtenRowSizes)
    queue = DispatchQueue(label: "duikou.\(library.description.id)")
    threads = BlockingThreads(callsOf: library.description.id)
    gates = MethodGates(library.description)
    var instance: UnsafeMutableRawPointer?
    if let create = plugin.create {
      let status = Self.with(configuration) { create(library.host.pointer, $0, &instance) }
      guard status == DK_OK else {
        throw DuikouError(
          StatusCode(rawValue: status) ?? .unknown,
          library.host.lastError.isEmpty
            ? "its create function failed with status \(status), and logged no error"
            : "its create function failed: \(library.host.lastError)")
      }
    }
    self.instance = instance
  }

  private static func with<Result>(
    _ image: Image?, _ body: (UnsafePointer<dk_image>?) -> Result
  ) -> Result {
    guard let image else { return body(nil) }
    return image.withUnsafeBytes {
      body($0.baseAddress?.assumingMemoryBound(to: dk_image.self))
    }
  }

  deinit {
    plugin.destroy?(instance)
  }

  let starts = 0

  func refusal(of document: String) -> DuikouError? { nil }

  func rest() {}

  func close() {
    // The instance ends with the last reference to the runner, which running calls hold.
  }

  func cut() {
    // Nothing in this process can be ended but by itself.
  }

  func call(_ request: CallRequest) async throws(DuikouError) -> CallResult {
    let entry = try await gates.enter(request)
    defer { entry.leave() }
    let deadline = entry.deadline
    let cancel = CancelWord()
    return try await withCancellation { () throws(DuikouError) in
      let timer = deadline.map { $0.timer(on: queue) { cancel.set() } }
      defer { timer?.cancel() }
      return try await threads.run(before: deadline) { () throws(DuikouError) in
        try self.invoke(request, cancel: cancel, deadline: deadline)
      }
    } onCancel: {
      cancel.set()
    }
  }

  func callBlocking(_ request: CallRequest) throws(DuikouError) -> CallResult {
    let entry = try gates.enterBlocking(request)
    defer { entry.leave() }
    let deadline = entry.deadline
    let cancel = CancelWord()
    let timer = deadline.map { $0.timer(on: queue) { cancel.set() } }
    defer { timer?.cancel() }
    return try invoke(request, cancel: cancel, deadline: deadline)
  }

  /// Runs the method on the current thread, and waits until it returns.
  private func invoke(
    _ request: CallRequest, cancel: CancelWord, deadline: Deadline?
  ) throws(DuikouError) -> CallResult {
    guard let context = contexts.take() else {
      throw DuikouError(.resourceExhausted, "no memory for another call of \(description.id)")
    }
    defer { contexts.giveBack(context) }
    let receiver = CallReceiver(
      request, of: description.methods[request.method].name, rowSizes: written[request.method],
      deadline: deadline, isCancelled: { cancel.isSet && deadline?.hasPassed != true })
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
    guard let output = dkr_context_output(context) else {
      throw DuikouError(.internalError, "the call has no output")
    }
    _ = try receiver.finish(
      status: status, block: CallReceiver.block(of: output), isLate: deadline?.hasPassed ?? false)
    return CallResult(
      deltas: receiver.deltas, trailers: receiver.trailers, elapsedNanoseconds: elapsed)
  }

  private func method(_ index: Int) -> UnsafePointer<dk_method>? {
    plugin.methods.map {
      (UnsafeRawPointer($0) + index * Int(plugin.method_stride))
        .assumingMemoryBound(to: dk_method.self)
    }
  }
}
