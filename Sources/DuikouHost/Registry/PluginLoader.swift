import DuikouModel
import Foundation
import Logging
import Synchronization

/// Opens plugin files, one by one: read, recognised, trusted, copied, described where they can do no
/// harm, and ready to be run. May be used from several threads.
struct PluginLoader: Sendable {
  /// What the operator has set, at the moment of opening.
  struct Setup: Sendable {
    var disabled: Set<String> = []
    /// The sections of plugins' configurations, by id.
    var sections: [String: PluginSection] = [:]
    /// The states of those, by id.
    var revisions: [String: String] = [:]
    /// Where the sections' variables are looked up.
    var environment: [String: String] = [:]
  }

  let copies: PrivateCopies
  let descriptions: DescriptionCache
  let policy: IsolationPolicy
  let trust: PluginTrust
  /// Nil where every plugin runs in this process.
  let program: WorkerProgram?
  let setup: Setup
  let failures: @Sendable (_ sha256: String) -> FailureBook
  let nextNumber: @Sendable () -> Int
  let logger: Logger

  func open(_ path: String) -> Opening {
    var unused = Opening.Unused(reason: DuikouError(.internalError, ""))
    let bytes: PluginBytes
    do throws(DuikouError) {
      bytes = try PluginBytes(reading: path)
    } catch {
      // What changes while it is read is read again when it has come to rest.
      guard error.code != .aborted else { return .torn(error) }
      return .refused(unused.refused(error, isTemporary: error.code.isTemporary))
    }
    do throws(DuikouError) {
      unused.sha256 = bytes.sha256
      let file = try ELFFile(bytes.data)
      if let tear = file.tear { return .torn(tear) }
      let note = try PluginNote(reading: file)
      unused.note = note
      unused.revision = setup.revisions[note.id]
      guard !setup.disabled.contains(note.id) else {
        return .disabled(unused.refused(.disabled(note.id)))
      }
      unused.signer = try signer(of: path, bytes, sha256: unused.sha256)
      return .plugin(try describe(bytes, path, &unused))
    } catch {
      return .refused(unused.refused(error, isTemporary: unused.isTemporary))
    }
  }

  private func signer(
    of path: String, _ bytes: PluginBytes, sha256: String
  ) throws(DuikouError) -> String? {
    try trust.check(
      path, sha256: sha256, file: bytes.ownership, holders: bytes.holders,
      signature: try trust.signature(beside: path))
  }

  private func describe(
    _ bytes: PluginBytes, _ path: String, _ unused: inout Opening.Unused
  ) throws(DuikouError) -> FoundPlugin {
    unused.isTemporary = true
    let (file, hold) = try copies.keep(bytes.data, sha256: unused.sha256, of: path)
    unused.isTemporary = false
    let described: Described
    if let program, !policy.isPinned(file.sha256) {
      unused.isolation = .worker
      described = try ask(file, program, &unused)
    } else {
      unused.isolation = .inProcess
      described = try load(file, &unused)
    }
    return FoundPlugin(
      number: nextNumber(), file: file, description: described.description, signer: unused.signer,
      revision: unused.revision, generation: Generation(described.runner, holding: hold))
  }

  private struct Described {
    let description: PluginDescription
    let runner: any PluginRunner
  }

  /// Takes a plugin into this process, as the operator wants it.
  private func load(
    _ file: PluginFile, _ unused: inout Opening.Unused
  ) throws(DuikouError) -> Described {
    let library = try LoadedLibrary(opening: file, logger: logger)
    try check(library.description, &unused)
    let configuration = try configuration(of: library.description)
    return Described(
      description: library.description,
      runner: try InProcessRunner(library, configuration: configuration?.image))
  }

  /// Lets a plugin describe itself in a worker, which may serve its first call as well; one that has been
  /// asked before, with this configuration, is not asked again.
  private func ask(
    _ file: PluginFile, _ program: WorkerProgram, _ unused: inout Opening.Unused
  ) throws(DuikouError) -> Described {
    if let known = descriptions[file.sha256, unused.revision],
      let description = try? PluginDescription(flat: known)
    {
      try check(description, &unused)
      return Described(
        description: description, runner: try runner(description, file, program))
    }
    unused.isTemporary = true
    let worker = try WorkerProcess(
      program, file: file, limits: policy.limits, label: file.path, logger: logger)
    let flat: [UInt8]
    do throws(DuikouError) {
      flat = try worker.describe(timeout: policy.limits.startTimeout)
    } catch {
      unused.isTemporary = worker.couldNotStart
      throw error
    }
    unused.isTemporary = false
    let description = try PluginDescription(flat: flat)
    try check(description, &unused)
    worker.rename(description.id)
    let runner = try runner(description, file, program)
    do throws(DuikouError) {
      try worker.create(
        try configuration(of: description)?.image, timeout: policy.limits.startTimeout)
    } catch {
      throw DuikouError(error.code, "its create function failed: \(error.message)")
    }
    descriptions.keep(flat, of: file.sha256, unused.revision)
    runner.adopt(worker)
    return Described(description: description, runner: runner)
  }

  private func runner(
    _ description: PluginDescription, _ file: PluginFile, _ program: WorkerProgram
  ) throws(DuikouError) -> WorkerRunner {
    WorkerRunner(
      description, file: file, program: program, limits: policy.limits,
      configuration: try configuration(of: description)?.image, failures: failures(file.sha256),
      logger: logger)
  }

  /// A plugin must be what its note says.
  private func check(
    _ description: PluginDescription, _ unused: inout Opening.Unused
  ) throws(DuikouError) {
    defer { unused.description = description }
    guard let note = unused.note,
      (note.id, note.versionText) != (description.id, description.versionText)
    else { return }
    throw DuikouError(
      .invalidArgument,
      "its note says that it is \(note.id) \(note.versionText), but it describes itself as "
        + "\(description.id) \(description.versionText): make the two say the same")
  }

  /// The row that it is made from; nil where it has no configuration type.
  private func configuration(
    of description: PluginDescription
  ) throws(DuikouError) -> PluginConfiguration? {
    try description.configurationSchema()?.row(
      from: setup.sections[description.id], environment: setup.environment)
  }
}
