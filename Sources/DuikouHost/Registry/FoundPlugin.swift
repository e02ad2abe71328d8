import DuikouModel

/// A plugin that described itself, before it is decided whether it is used.
struct FoundPlugin: Sendable {
  let file: PluginFile
  let description: PluginDescription
  let isolation: Isolation
  /// Makes what runs it. Throws what keeps it from running.
  let makeRunner: @Sendable () throws(DuikouError) -> any PluginRunner
  /// Lets go of what was started to describe it.
  let discard: @Sendable () -> Void
}
