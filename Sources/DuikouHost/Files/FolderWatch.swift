import CDuikouRuntime
import DuikouModel
import Glibc
import Synchronization

/// Hears from the kernel when something changes in folders.
///
/// It tells that, not what: the folders are looked at anew, so that nothing is lost where the kernel's
/// queue overflows. Network file systems say nothing of what other machines do; whoever watches them
/// looks now and then as well.
final class FolderWatch: Sendable {
  private let descriptor: Int32
  private let watch: DescriptorWatch
  private let id = Mutex<UInt64?>(nil)
  /// By the kernel's numbers.
  private let folders = Mutex<[Int32: String]>([:])

  private static let events = UInt32(
    IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_ATTRIB
      | IN_DELETE_SELF | IN_MOVE_SELF)

  /// `onChange` is called on the thread of all such watches, which it must not hold up. Throws
  /// `resourceExhausted` where the system has no watch left.
  init(onChange: @escaping @Sendable () -> Void) throws(DuikouError) {
    watch = try DescriptorWatch.shared(.folders)
    descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
    guard descriptor >= 0 else {
      throw DuikouError(
        .resourceExhausted,
        "folders cannot be watched: raise fs.inotify.max_user_instances")
    }
    let descriptor = descriptor
    let added = watch.add(descriptor) {
      Self.empty(descriptor)
      onChange()
      // What comes in a burst is one change.
      return .pause(nanoseconds: 10_000_000)
    }
    id.withLock { $0 = added }
  }

  /// Stops. `onChange` may be running still.
  func stop() {
    guard let id = id.withLock({ $0.take() }) else { return }
    watch.remove(id)
    close(descriptor)
  }

  deinit { stop() }

  /// Watches these folders and no others; those that were moved or made anew as well. Returns those that
  /// cannot be watched, or whose changes do not all show.
  func follow(_ paths: [String]) -> Set<String> {
    folders.withLock { folders in
      var blind = Set<String>()
      var followed: [Int32: String] = [:]
      for path in paths {
        let number = inotify_add_watch(descriptor, path, Self.events)
        if number >= 0 { followed[number] = path }
        if number < 0 || dkr_is_remote(path) != 0 { blind.insert(path) }
      }
      for number in folders.keys where followed[number] == nil {
        inotify_rm_watch(descriptor, number)
      }
      folders = followed
      return blind
    }
  }

  private static func empty(_ descriptor: Int32) {
    withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 8) { buffer in
      while read(descriptor, buffer.baseAddress, buffer.count) > 0 {}
    }
  }
}
