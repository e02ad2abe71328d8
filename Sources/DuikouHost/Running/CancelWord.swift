import Synchronization

/// The word at a fixed address that tells a plugin to stop.
final class CancelWord: Sendable {
  private nonisolated(unsafe) let word: UnsafeMutablePointer<Atomic<UInt32>>

  init() {
    word = .allocate(capacity: 1)
    word.initialize(to: Atomic(0))
  }

  deinit {
    word.deinitialize(count: 1)
    word.deallocate()
  }

  var isSet: Bool { word.pointee.load(ordering: .acquiring) != 0 }

  func set() { word.pointee.store(1, ordering: .releasing) }

  /// The word as C reads it, valid as long as this object lives.
  var address: UnsafePointer<UInt32> {
    UnsafeRawPointer(word).assumingMemoryBound(to: UInt32.self)
  }
}
