import Foundation

/// Reads arbitrary bytes as a plugin's file.
@_cdecl("LLVMFuzzerTestOneInput")
public func readPluginFile(_ bytes: UnsafePointer<UInt8>, _ size: Int) -> CInt {
  let data = Data(bytes: bytes, count: size)
  guard let file = try? ELFFile(data), file.tear == nil, let note = try? PluginNote(reading: file)
  else {
    return 0
  }
  precondition(PluginDescription.isID(note.id) && note.abiMajor == 1)
  return 0
}
