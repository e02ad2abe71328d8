import CDuikou
import Synchronization

/// The memory of an image: owned and freed here, or lent for the length of a call.
///
/// Immutable once made, so it may be read from every thread.
package final class ImageStorage: @unchecked Sendable {
  package let base: UnsafeRawPointer
  package let size: Int
  private let isOwned: Bool
  private let lineIndex = Mutex<LineIndex?>(nil)

  /// Takes over memory that was allocated with an alignment of 8.
  package init(owning buffer: UnsafeMutableRawBufferPointer) {
    base = UnsafeRawPointer(buffer.baseAddress ?? UnsafeMutableRawPointer(bitPattern: 8)!)
    size = buffer.count
    isOwned = buffer.baseAddress != nil
  }

  /// Reads memory that somebody else keeps alive.
  init(lent base: UnsafeRawPointer, size: Int) {
    self.base = base
    self.size = size
    isOwned = false
  }

  deinit {
    if isOwned { base.deallocate() }
  }

  /// Where the lines of the image's text begin, found out when somebody first asks.
  func lines(of text: UnsafeRawBufferPointer) -> LineIndex {
    lineIndex.withLock { known in
      let lines = known ?? LineIndex(text)
      known = lines
      return lines
    }
  }

  /// New memory, aligned as images are, not initialised.
  package static func allocate(_ size: Int) -> UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 8)
  }
}
