/// Runs the method that a call names, and turns what it throws into a status.
func invoke(
  _ instance: UnsafeMutableRawPointer?, _ pointer: UnsafeMutablePointer<dk_call>
) -> dk_status {
  guard let plugin = exported.withLock({ $0 }), let called = pointer.pointee.method,
    let image = pointer.pointee.image
  else { return dk_status(DK_INTERNAL) }
  let index = called - UnsafePointer(plugin.table)
  let methods = instance.map { PluginInstance.at($0).methods } ?? plugin.methods
  guard methods.indices.contains(index) else { return dk_status(DK_UNIMPLEMENTED) }
  do {
    try methods[index].run(Call(pointer, image: image))
    return dk_status(DK_OK)
  } catch let error as DuikouError {
    return fail(pointer, error.code.rawValue, error.message)
  } catch is CallHasFailed {
    return dk_status(DK_ABORTED)
  } catch {
    return fail(pointer, dk_status(DK_UNKNOWN), "\(error)")
  }
}

private func fail(
  _ pointer: UnsafeMutablePointer<dk_call>, _ code: dk_status, _ message: String
) -> dk_status {
  var message = message
  return message.withUTF8 { bytes in
    bytes.withMemoryRebound(to: CChar.self) {
      pointer.pointee.fail(pointer, code, $0.baseAddress, UInt32($0.count))
    }
  }
}
