import NIOCore
import NIOPosix

/// Runs the tasks of calls on the thread that reads and writes the sockets: to change threads for every
/// part of a call takes longer than most calls.
///
/// What takes long has threads of its own, such as `Pipeline.threads`: it would hold up all calls here.
final class LoopExecutor: TaskExecutor {
  /// The one of this process; it lasts as long.
  static let shared = LoopExecutor()

  let group: MultiThreadedEventLoopGroup
  private let loop: any EventLoop

  private init() {
    group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    loop = group.next()
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
