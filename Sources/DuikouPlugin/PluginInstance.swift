/// What `create` makes of a configuration: the methods.
final class PluginInstance: Sendable {
  let methods: [any Method]

  init(methods: [any Method]) { self.methods = methods }

  /// The instance that a plugin's `self` points at.
  static func at(_ pointer: UnsafeMutableRawPointer) -> PluginInstance {
    Unmanaged.fromOpaque(pointer).takeUnretainedValue()
  }
}

/// Makes the methods; what that throws goes to the log, and its code to the host.
func create(
  _ host: UnsafePointer<dk_host>?, _ configuration: UnsafePointer<dk_image>?,
  _ instance: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> dk_status {
  guard let make = exported.withLock({ $0?.make }), let instance else {
    return dk_status(DK_INTERNAL)
  }
  do {
    let made = PluginInstance(methods: try make(configuration))
    instance.pointee = Unmanaged.passRetained(made).toOpaque()
    return dk_status(DK_OK)
  } catch {
    let known = error as? DuikouError
    log(host, known?.message ?? "\(error)")
    return known.map { $0.code == .ok ? dk_status(DK_UNKNOWN) : $0.code.rawValue }
      ?? dk_status(DK_UNKNOWN)
  }
}

/// Forgets the methods, behind their last call.
func destroy(_ instance: UnsafeMutableRawPointer?) {
  guard let instance else { return }
  Unmanaged<PluginInstance>.fromOpaque(instance).release()
}

private func log(_ host: UnsafePointer<dk_host>?, _ line: String) {
  var line = line
  line.withUTF8 { bytes in
    bytes.withMemoryRebound(to: CChar.self) {
      host?.pointee.log(host, UInt32(DK_LOG_ERROR), $0.baseAddress, UInt32(clamping: $0.count))
    }
  }
}
