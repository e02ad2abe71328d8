import CDuikouRuntime
import Dispatch
import DuikouModel
import Foundation
import Synchronization

/// Follows plugin folders, and tells a host what is in them, as soon as that changes.
///
/// The kernel says when to look; where it cannot, folders are looked at every half second. May be used
/// from every thread.
public final class PluginWatcher: Sendable {
  /// Called on the watcher's thread before each look; it may tell the host more.
  public typealias Preparation = @Sendable () -> Void

  private struct State {
    var looks = PluginFolders(waitsForWriters: true)
    /// Folders that could not be read at the last look.
    var unreadable: Set<String> = []
    var lastRetry: Int64 = 0
    /// How many looks there were.
    var serial = 0
    var isStopped = false
  }

  private let host: PluginHost
  private let folders: [String]
  private let others: [String]
  private let prepare: Preparation
  private let onUnreadable: @Sendable (DuikouError) -> Void
  private let queue = DispatchQueue(label: "duikou.folders")
  /// Only touched on the queue.
  private let state = Mutex(State())
  private let isLookWanted = Atomic(false)
  private let watch = Mutex<FolderWatch?>(nil)

  /// `others` are folders in which something lies that `prepare` looks at. `onUnreadable` is called once
  /// for each time that a plugin folder cannot be read any more; its plugins stay.
  public init(
    host: PluginHost, folders: [String], others: [String] = [], prepare: @escaping Preparation = {},
    onUnreadable: @escaping @Sendable (DuikouError) -> Void
  ) {
    self.host = host
    self.folders = folders
    self.others = others
    self.prepare = prepare
    self.onUnreadable = onUnreadable
  }

  deinit { stop() }

  /// Begins to follow the folders. Throws `resourceExhausted` where the system has no watch left.
  public func start() throws(DuikouError) {
    let new = try FolderWatch { [weak self] in self?.lookSoon() }
    watch.withLock { $0 = new }
    lookSoon()
  }

  /// Stops; a look that has begun ends.
  public func stop() {
    watch.withLock { $0.take() }?.stop()
    state.withLock { $0.isStopped = true }
  }

  /// Looks now, also at files that were refused before, and waits until they have been opened.
  public func lookNow() {
    queue.sync {
      look()
      host.retry(all: true)
    }
    host.waitForOpenings()
  }

  private func lookSoon() {
    // Set before the look: what changes while it goes on leads to another.
    guard !isLookWanted.exchange(true, ordering: .acquiringAndReleasing) else { return }
    queue.async { [weak self] in
      guard let self else { return }
      self.isLookWanted.store(false, ordering: .releasing)
      self.look()
    }
  }

  private func look() {
    guard !state.withLock({ $0.isStopped }) else { return }
    prepare()
    // Followed before they are read: what changes in between leads to another look.
    let blind = watch.withLock { $0?.follow(folders + others) } ?? []
    var seen: [String: [Sighting]] = [:]
    var unreadable: [String: DuikouError] = [:]
    var (looks, before) = state.withLock { ($0.looks, $0.unreadable) }
    for folder in folders {
      do throws(DuikouError) {
        seen[folder] = try looks.look(into: folder)
      } catch {
        unreadable[folder] = error
      }
    }
    looks.forget(except: Set(seen.values.flatMap { $0.map(\.path) }))
    host.take(seen: seen)
    for (folder, error) in unreadable where !before.contains(folder) { onUnreadable(error) }
    before = Set(unreadable.keys)
    state.withLock { state in
      state.looks = looks
      state.unreadable = before
    }
    retrySometimes()
    let isClear = blind.isEmpty && unreadable.isEmpty && !looks.hasLinks
    lookAgain(in: looks.isWaiting ? 100 : isClear ? 5000 : 500)
  }

  private func retrySometimes() {
    let now = dkr_now_ns()
    let isTime = state.withLock { state in
      guard now - state.lastRetry > Self.retryTime else { return false }
      state.lastRetry = now
      return true
    }
    if isTime { host.retry() }
  }

  private static let retryTime: Int64 = 5_000_000_000

  private func lookAgain(in milliseconds: Int) {
    let serial = state.withLock { state in
      state.serial += 1
      return state.serial
    }
    queue.asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { [weak self] in
      // Only behind the last look, however many there were meanwhile.
      guard let self, self.state.withLock({ $0.serial }) == serial else { return }
      self.lookSoon()
    }
  }
}
