import DuikouModel
import Logging

/// Opens plugin files, one by one: copied, described where they can do no harm, and ready to be run.
struct PluginLoader: Sendable {
  let copies: PrivateCopies
  let descriptions: DescriptionCache
  let policy: IsolationPolicy
  /// Nil where every plugin runs in this process.
  let program: WorkerProgram?
  let failures: @Sendable (_ sha256: String) -> FailureBook
  let logger: Logger

  func open(_ path: String) -> Registry.Found {
    var sha256 = ""
    do throws(DuikouError) {
      let file = try copies.copy(of: path)
      sha256 = file.sha256
      return try describe(file)
    } catch {
      return .refused(
        PluginListing(path: path, sha256: sha256, state: .refused, reason: error))
    }
  }

  private func describe(_ file: PluginFile) throws(DuikouError) -> Registry.Found {
    guard let program, !policy.isPinned(file.sha256) else { return .plugin(try load(file)) }
    guard let known = descriptions[file.sha256],
      let description = try? PluginDescription(flat: known)
    else { return try ask(file, program) }
    return .plugin(found(file, description, program, worker: nil))
  }

  /// Takes a plugin into this process, as the operator wants it.
  private func load(_ file: PluginFile) throws(DuikouError) -> FoundPlugin {
    let library = try LoadedLibrary(opening: file, logger: logger)
    return FoundPlugin(
      file: file, description: library.description, isolation: .inProcess,
      makeRunner: { () throws(DuikouError) in try InProcessRunner(library) }, discard: {})
  }

  /// Lets a plugin describe itself in a worker, which may serve its first call as well.
  private func ask(
    _ file: PluginFile, _ program: WorkerProgram
  ) throws(DuikouError) -> Registry.Found {
    let worker = try WorkerProcess(
      program, file: file, limits: policy.limits, label: file.path, logger: logger)
    let flat = try worker.describe(timeout: policy.limits.startTimeout)
    let description = try PluginDescription(flat: flat)
    worker.rename(description.id)
    do throws(DuikouError) {
      try worker.create(timeout: policy.limits.startTimeout)
    } catch {
      return .refused(
        PluginListing(
          path: file.path, sha256: file.sha256, state: .refused, description: description,
          isolation: .worker,
          reason: DuikouError(error.code, "its create function failed: \(error.message)")))
    }
    descriptions.keep(flat, of: file.sha256)
    return .plugin(found(file, description, program, worker: worker))
  }

  private func found(
    _ file: PluginFile, _ description: PluginDescription, _ program: WorkerProgram,
    worker: WorkerProcess?
  ) -> FoundPlugin {
    let policy = policy
    let book = failures(file.sha256)
    let logger = logger
    return FoundPlugin(
      file: file, description: description, isolation: .worker,
      makeRunner: { () throws(DuikouError) in
        let runner = WorkerRunner(
          description, file: file, program: program, limits: policy.limits, failures: book,
          logger: logger)
        if let worker { runner.adopt(worker) }
        return runner
      },
      discard: { worker?.kill() })
  }
}
