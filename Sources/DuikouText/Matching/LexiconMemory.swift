import Glibc

/// The memory in which a lexicon's image lies; given back with the last reference. Nobody writes to
/// it once it is shared.
final class LexiconMemory: @unchecked Sendable {
  let bytes: UnsafeRawBufferPointer
  private let origin: Origin

  private enum Origin {
    case allocated(UnsafeMutableRawBufferPointer)
    case mapped
    case lent(by: AnyObject)
  }

  /// Zeroed memory that `fill` fills.
  init(byteCount: Int, fill: (UnsafeMutableRawBufferPointer) -> Void) {
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: byteCount, alignment: 64)
    memory.initializeMemory(as: UInt8.self, repeating: 0)
    fill(memory)
    bytes = UnsafeRawBufferPointer(memory)
    origin = .allocated(memory)
  }

  /// Memory of somebody else, who is kept alive.
  init(lent bytes: UnsafeRawBufferPointer, by owner: AnyObject) {
    self.bytes = bytes
    origin = .lent(by: owner)
  }

  /// Maps a file for reading.
  init(mapping path: String) throws(LexiconError) {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .file(path: path, code: errno) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw .file(path: path, code: errno) }
    let size = Int(status.st_size)
    guard size >= LexiconHeader.byteCount else { throw .notALexicon }
    let address = mmap(nil, size, PROT_READ, MAP_PRIVATE, file, 0)
    guard let address, address != MAP_FAILED else { throw .file(path: path, code: errno) }
    bytes = UnsafeRawBufferPointer(start: address, count: size)
    origin = .mapped
  }

  /// The header of an image that is known to be good.
  var header: LexiconHeader { LexiconHeader(trusted: bytes) }

  deinit {
    switch origin {
    case .allocated(let memory): memory.deallocate()
    case .mapped: munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
    case .lent: break
    }
  }
}
