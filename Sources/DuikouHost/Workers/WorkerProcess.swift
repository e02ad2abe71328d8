import CDuikouRuntime
import DuikouModel
import Foundation
import Logging
import Synchronization

/// A worker: a process of its own that runs one plugin in a sandbox.
///
/// One thread at a time talks to it, and blocks while it waits. `cancel` and `kill` may be called
/// from any.
final class WorkerProcess: Sendable {
  let processID: Int32
  private let life: WorkerLife
  private let output: WorkerOutput
  private let file: PluginFile
  /// When its last call ended, by CLOCK_MONOTONIC.
  let lastUsed = Atomic<Int64>(0)
  private let calls = Atomic<Int>(0)
  private let isKilled = Atomic(false)

  private var channel: OpaquePointer { life.channel }

  private static let serial = Atomic<UInt32>(1)

  /// Starts a worker for a plugin's private copy.
  ///
  /// Throws `resourceExhausted` when the system has no memory or processes left, `unavailable`
  /// when the program cannot be started.
  init(
    _ program: WorkerProgram, file: PluginFile, limits: WorkerLimits, label: String,
    logger: Logger
  ) throws(DuikouError) {
    var sizes = limits.channel
    guard let channel = dkr_channel_create(&sizes) else {
      throw DuikouError(
        .resourceExhausted, "no memory for a worker: \(String(cString: strerror(errno)))")
    }
    do throws(DuikouError) {
      let ends = try DescriptorWatch.shared(.ends)
      let output = try WorkerOutput(
        label: label, logger: logger, watch: try DescriptorWatch.shared(.output))
      do throws(DuikouError) {
        let started = try Self.start(program, file, channel, output)
        processID = started.process
        life = WorkerLife(pidfd: started.pidfd, channel: channel, watch: ends)
      } catch {
        output.close()
        throw error
      }
      self.output = output
    } catch {
      dkr_channel_destroy(channel)
      throw error
    }
    self.file = file
  }

  deinit {
    life.signal(SIGKILL)
    output.close()
  }

  /// Whether it has ended, or is going to: between a kill and its end lies a moment.
  var hasEnded: Bool { isKilled.load(ordering: .acquiring) || life.ending != nil }

  /// Whether it ended before the plugin was loaded, for a reason of this machine.
  var couldNotStart: Bool {
    guard case .exited(let status) = life.ending else { return false }
    return [Int32(DKR_EXIT_USAGE), Int32(DKR_EXIT_SANDBOX)].contains(status)
  }

  /// Names the plugin in its log lines, once it is known.
  func rename(_ id: String) { output.rename(id) }

  /// Sets the cancel word of the running call.
  func cancel() { dkr_channel_cancel(channel) }

  /// Ends the worker, whatever it does.
  func kill() {
    isKilled.store(true, ordering: .releasing)
    life.signal(SIGKILL)
  }

  /// Loads the plugin, and returns its flat description.
  func describe(timeout: Duration) throws(DuikouError) -> [UInt8] {
    dkr_channel_post(channel, UInt32(DKR_DESCRIBE))
    try finish("described", within: timeout)
    var size: UInt64 = 0
    guard let output = dkr_channel_output(channel, &size), size >= 8 else {
      throw DuikouError(.internalError, "the worker has no output")
    }
    let length = output.loadUnaligned(as: UInt64.self)
    guard length <= min(size - 8, Self.longestDescription) else {
      throw DuikouError(.dataLoss, "the plugin's description is \(length) bytes long")
    }
    return Array(UnsafeRawBufferPointer(start: output + 8, count: Int(length)))
  }

  private static let longestDescription: UInt64 = 1 << 20

  /// Makes the plugin's instance, from an image with the row of its configuration. Throws what `create`
  /// fails with.
  func create(_ configuration: Image? = nil, timeout: Duration) throws(DuikouError) {
    if let configuration {
      let isPosted = configuration.withUnsafeBytes {
        dkr_channel_create_plugin(channel, $0.baseAddress, UInt64($0.count)) != 0
      }
      guard isPosted else {
        throw DuikouError(
          .resourceExhausted, "its configuration is larger than a worker's input: make it shorter")
      }
    } else {
      dkr_channel_post(channel, UInt32(DKR_CREATE))
    }
    try finish("created", within: timeout)
  }

  /// Lets the plugin end itself; kills it where it does not within a second.
  func drain() {
    dkr_channel_post(channel, UInt32(DKR_DRAIN))
    if dkr_channel_wait(channel, dkr_now_ns() + 1_000_000_000) != DKR_ENDED { kill() }
  }

  /// Notes that a call is going to be posted. Who cancels it from now on is heard.
  func begin() { dkr_channel_begin(channel) }

  /// Gives the worker a call, behind `begin`. Copies the image.
  func post(_ request: CallRequest, deadline: Deadline?) throws(CallFailure) {
    let posted = request.image.withUnsafeBytes { image in
      MetadataList.with(request.metadata) { metadata in
        var c = dkr_call_request()
        c.image = image.baseAddress
        c.image_size = UInt64(image.count)
        c.method = UInt32(request.method)
        c.metadata = metadata.baseAddress
        c.metadata_count = UInt32(metadata.count)
        c.deadline_ns = deadline?.nanoseconds ?? .max
        return dkr_channel_call(channel, &c)
      }
    }
    guard posted != 0 else {
      throw .failed(
        DuikouError(
          .resourceExhausted,
          "the image of \(request.image.size) bytes is larger than a worker's input; split the "
            + "documents"))
    }
  }

  /// Waits a moment for the end of a call that was posted, and takes what it gives if that is little.
  /// Returns false where the call needs `finish` still.
  func finishBriefly(_ receiver: CallReceiver) throws(CallFailure) -> Bool {
    guard dkr_channel_wait(channel, dkr_now_ns() + Self.moment) == Int32(DKR_ANSWERED) else {
      return false
    }
    let answer = dkr_channel_answer(channel)
    guard answer.kind == UInt32(DKR_READY) else { return false }
    tellProgress(to: receiver)
    return try take(answer, receiver, isLate: false, limit: Self.little)
  }

  /// How long a thread may be held that belongs to all tasks, and how many bytes it may check.
  private static let moment: Int64 = 50_000
  private static let little = 256 << 10

  /// Waits for the end of a call that was posted, and takes what it gives. The worker is dead when this
  /// throws `lost`, and killed when it throws `late`.
  func finish(_ receiver: CallReceiver) throws(CallFailure) {
    while true {
      let answer = try answer(until: receiver.nextWake, receiver)
      if let answer, answer.kind != UInt32(DKR_FLUSHED) {
        _ = try take(answer, receiver, isLate: false)
        return
      }
      guard dkr_now_ns() < receiver.end else {
        return try finishLate(receiver, isWaiting: answer != nil)
      }
      if answer != nil { dkr_channel_continue(channel, try flush(to: receiver)) }
    }
  }

  /// Tells a call that its time is up, and kills the worker where it does not end soon. `isWaiting`
  /// says that it has flushed, and waits for whoever takes that.
  private func finishLate(_ receiver: CallReceiver, isWaiting: Bool) throws(CallFailure) {
    let killTime = dkr_now_ns() + Self.grace
    var isWaiting = isWaiting
    dkr_channel_cancel(channel)
    repeat {
      if isWaiting { dkr_channel_continue(channel, dk_status(DK_DEADLINE_EXCEEDED)) }
      let answer = try answer(until: killTime, receiver)
      if let answer, answer.kind != UInt32(DKR_FLUSHED) {
        _ = try take(answer, receiver, isLate: true)
        return
      }
      isWaiting = answer != nil
    } while dkr_now_ns() < killTime
    throw .late(killLate())
  }

  /// What the worker says until a time; nil where it says nothing.
  private func answer(
    until time: Int64, _ receiver: CallReceiver
  ) throws(CallFailure) -> dkr_answer? {
    let outcome = dkr_channel_wait(channel, time)
    guard outcome != Int32(DKR_ENDED) else { throw .lost(crash(during: "a call")) }
    tellProgress(to: receiver)
    return outcome == Int32(DKR_ANSWERED) ? dkr_channel_answer(channel) : nil
  }

  private func flush(to receiver: CallReceiver) throws(CallFailure) -> dk_status {
    guard let block = outputBlock else { throw .lost(DuikouError(.internalError, "no output")) }
    return receiver.flush(block)
  }

  /// Notes that a call has ended which gave so many bytes. Returns false where the process holds more
  /// memory than the limit, or pages of its input that cannot be given back.
  ///
  /// Asking the kernel costs as much as a small call, so that it is done behind large calls, which are
  /// honest about it, and now and then, since others need not be.
  func rest(after outputBytes: Int, within limit: Int) -> Bool {
    lastUsed.store(dkr_now_ns(), ordering: .relaxed)
    let isTime = calls.add(1, ordering: .relaxed).newValue % Self.callsBetweenLooks == 0
    guard isTime || outputBytes > Self.keptBytes else { return true }
    if heldBytes > Self.keptBytes { dkr_channel_trim(channel) }
    return heldBytes <= Self.keptInput + Self.keptBytes && ownBytes <= limit
  }

  static let callsBetweenLooks = 64
  /// Bytes of output and of input that stay between calls.
  static let keptBytes = 8 << 20
  static let keptInput = 64 << 20

  /// Bytes of shared memory that are really there, whatever the worker says of them.
  var heldBytes: Int { Int(clamping: dkr_channel_held(channel)) }

  /// Bytes of memory that the process has for itself.
  private var ownBytes: Int {
    let fields = ProcFile.text("/proc/\(processID)/statm").split(separator: " ")
    guard fields.count > 2, let all = Int(fields[1]), let shared = Int(fields[2]) else { return 0 }
    return (all - shared) * Int(getpagesize())
  }

  private var outputBlock: UnsafeRawBufferPointer? {
    var size: UInt64 = 0
    guard let output = dkr_channel_output(channel, &size) else { return nil }
    return UnsafeRawBufferPointer(start: output, count: Int(clamping: size))
  }

  private func tellProgress(to receiver: CallReceiver) {
    var done: UInt64 = 0
    var total: UInt64 = 0
    dkr_channel_progress(channel, &done, &total)
    receiver.told(done, of: total)
  }

  private func take(
    _ answer: dkr_answer, _ receiver: CallReceiver, isLate: Bool, limit: Int = .max
  ) throws(CallFailure) -> Bool {
    guard let block = outputBlock else { throw .lost(DuikouError(.internalError, "no output")) }
    do throws(DuikouError) {
      return try receiver.finish(
        status: answer.status, block: block, isLate: isLate, limit: limit)
    } catch {
      // Rows that cannot be right show that the worker's memory is not what it should be.
      throw receiver.isRefused ? .broken(error) : .failed(error)
    }
  }

  /// How long a call may take to notice its cancel word, and a worker to say where it is.
  private static let grace: Int64 = 20_000_000
  private static let sampling: Int64 = 10_000_000

  /// Ends a worker that has not heard its cancel word: asks it where it is, and kills it.
  private func killLate() -> DuikouError {
    life.signal(dkr_where_signal())
    _ = dkr_channel_wait(channel, dkr_now_ns() + Self.sampling)
    let sample = dkr_channel_crash(channel, 1)
    kill()
    let place = place(of: sample)
    return DuikouError(
      .deadlineExceeded,
      "it did not end in time and was killed\(place.isEmpty ? "" : " in \(place)")",
      details: place.isEmpty ? [:] : ["symbol": place])
  }

  /// Waits for the answer to a command without rows.
  private func finish(_ what: String, within timeout: Duration) throws(DuikouError) {
    let end = Deadline(after: timeout)?.nanoseconds ?? .max
    switch dkr_channel_wait(channel, end) {
    case Int32(DKR_ENDED):
      throw crash(during: what == "created" ? "its create function" : "loading")
    case Int32(DKR_TIMED_OUT):
      kill()
      throw DuikouError(.deadlineExceeded, "it could not be \(what) within \(timeout)")
    default:
      let answer = dkr_channel_answer(channel)
      guard answer.status == DK_OK else {
        let code = StatusCode(rawValue: answer.status) ?? .unknown
        let message = (outputBlock.map(CallReceiver.message) ?? "")
          .replacing("/proc/self/fd/\(DKR_FD_PLUGIN)", with: file.path)
        throw DuikouError(code, message.isEmpty ? "it ended with \(code) and no message" : message)
      }
    }
  }
}

/// How a call did not give rows.
enum CallFailure: Error {
  /// The method failed; the worker goes on.
  case failed(DuikouError)
  /// What it gave cannot be right; the worker must go.
  case broken(DuikouError)
  /// The worker has ended.
  case lost(DuikouError)
  /// The worker was killed at the deadline.
  case late(DuikouError)

  var isLate: Bool {
    if case .late = self { true } else { false }
  }
}

extension WorkerProcess {
  private static func start(
    _ program: WorkerProgram, _ file: PluginFile, _ channel: OpaquePointer, _ output: WorkerOutput
  ) throws(DuikouError) -> (process: Int32, pidfd: Int32) {
    let library = open(file.copyPath, O_RDONLY | O_CLOEXEC)
    guard library >= 0 else {
      throw DuikouError(
        .unavailable, "the private copy \(file.copyPath) cannot be opened: \(errorText(errno))")
    }
    defer { close(library) }
    var shared = [Int32](repeating: 0, count: 4)
    dkr_channel_descriptors(channel, &shared)
    let serial = serial.add(1, ordering: .relaxed).newValue
    let arguments = program.arguments(serial: serial)
    let environment = program.environment
    let descriptors = shared + [library]
    let (out, err) = output.writeEnds
    let result = Spawner.shared.run { () -> (Int32, Int32) in
      var pidfd: Int32 = -1
      let process = CStringArray.with(arguments) { arguments in
        CStringArray.with(environment) { environment in
          descriptors.withUnsafeBufferPointer {
            dkr_spawn(arguments, environment, $0.baseAddress, out, err, &pidfd)
          }
        }
      }
      return (process, pidfd)
    }
    output.closeWriteEnds()
    guard result.0 > 0 else {
      throw DuikouError(
        .unavailable, "a worker cannot be started (\(program.path)): \(errorText(-result.0))")
    }
    return (result.0, result.1)
  }

  private static func errorText(_ code: Int32) -> String { String(cString: strerror(code)) }

  /// What is known of a worker that has ended.
  private func crash(during what: String) -> DuikouError {
    let record = dkr_channel_crash(channel, 0)
    var sentence: String
    var details: [String: String] = [:]
    switch life.ending {
    case .exited where record.signal == UInt32(SIGSYS):
      sentence = "it was ended at the forbidden system call \(record.code) during \(what)"
    case .exited(let status):
      sentence = "it ended itself with status \(status) during \(what)"
    case .unknown:
      sentence = "it ended during \(what), and the system does not say how"
    case .killed(let signal):
      details["signal"] = SignalNames.name(Int(signal))
      sentence = "it crashed with \(SignalNames.name(Int(signal))) during \(what)"
    case nil:
      sentence = "it ended during \(what)"
    }
    if record.signal != 0 {
      let place = place(of: record)
      if !place.isEmpty {
        details["symbol"] = place
        sentence += " in \(place)"
      }
      if record.thread != 0 { sentence += ", on a thread of its own" }
    }
    let tail = output.tail
    if !tail.isEmpty { sentence += "; it last wrote: \(tail.suffix(3).joined(separator: " / "))" }
    return DuikouError(.unavailable, sentence, details: details)
  }

  /// The function and module of a record, such as `parse+24 (libplugin.so)`. Both are names that the
  /// plugin may have chosen: nothing of them moves the cursor of whoever reads the message.
  private func place(of record: dkr_crash) -> String {
    guard record.pc != 0 else { return "" }
    let module = withUnsafeBytes(of: record.module) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    if record.is_plugin != 0 {
      let copy = URL(fileURLWithPath: file.copyPath)
      // Mapped: a library may have hundreds of megabytes, of which a few are looked at.
      let symbols = ELFSymbols((try? Data(contentsOf: copy, options: .alwaysMapped)) ?? Data())
      return symbols.name(at: record.offset)?.withoutControls
        ?? "\(hexadecimal(UInt32(truncatingIfNeeded: record.offset))) of the plugin"
    }
    return module.isEmpty ? "" : "\(module.withoutControls)+\(record.offset)"
  }
}
