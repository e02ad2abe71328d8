import CDuikou
import Logging
import Synchronization

/// The `dk_host` that one plugin sees. Lives as long as the process, as the plugin's library does.
final class HostHandle: Sendable {
  nonisolated(unsafe) let pointer: UnsafePointer<dk_host>
  private let logger: Logger
  private let label: Mutex<String>
  private let error = Mutex("")

  /// The last line of severity `DK_LOG_ERROR`; empty without one.
  var lastError: String { error.withLock { $0 } }

  private nonisolated(unsafe) static let version = copiedCString(DuikouVersion.current)

  init(label: String, logger: Logger) {
    self.label = Mutex(label)
    self.logger = logger
    // The handle's own address lies behind the struct, where the plugin does not look.
    let size = MemoryLayout<dk_host>.size
    let memory = UnsafeMutableRawPointer.allocate(byteCount: size + 8, alignment: 8)
    var host = dk_host()
    host.size = UInt32(size)
    host.abi_minor = UInt32(DK_ABI_MINOR)
    host.version = Self.version
    host.service = { _, _ in nil }
    host.log = { host, severity, line, length in
      guard let host, let line else { return }
      HostHandle.of(host).log(
        severity, UnsafeRawBufferPointer(start: line, count: Int(length)))
    }
    memory.storeBytes(of: host, as: dk_host.self)
    pointer = UnsafeRawPointer(memory).assumingMemoryBound(to: dk_host.self)
    memory.storeBytes(
      of: Unmanaged.passRetained(self).toOpaque(), toByteOffset: size,
      as: UnsafeMutableRawPointer.self)
  }

  /// Characters of an error that is told again.
  private static let longestError = 300

  /// Names the plugin in its log lines, once it is known.
  func rename(_ id: String) { label.withLock { $0 = id } }

  private static func of(_ host: UnsafePointer<dk_host>) -> HostHandle {
    let raw = UnsafeRawPointer(host).load(
      fromByteOffset: MemoryLayout<dk_host>.size, as: UnsafeMutableRawPointer.self)
    return Unmanaged<HostHandle>.fromOpaque(raw).takeUnretainedValue()
  }

  private func log(_ severity: UInt32, _ line: UnsafeRawBufferPointer) {
    let text = String(decoding: line, as: UTF8.self)
    if severity == UInt32(DK_LOG_ERROR) {
      error.withLock { $0 = String(text.prefix(Self.longestError)) }
    }
    logger.log(pluginLine: text, severity: severity, of: label.withLock { $0 })
  }
}

/// A C string that is never freed.
private func copiedCString(_ string: String) -> UnsafePointer<CChar> {
  let bytes = string.utf8CString
  let memory = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
  memory.initialize(from: Array(bytes), count: bytes.count)
  return UnsafePointer(memory)
}
