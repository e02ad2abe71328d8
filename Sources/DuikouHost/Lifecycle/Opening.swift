import DuikouModel

/// What came of opening a file.
enum Opening: Sendable {
  /// It described itself, and could be used.
  case plugin(FoundPlugin)
  /// It was recognised, and not run, since its plugin is disabled.
  case disabled(Unused)
  /// It is not used, for the reason given.
  case refused(Unused)
  /// It ends before its own tables do, or changed while it was read: its rest is waited for.
  case torn(DuikouError)

  /// A file that is not run.
  struct Unused: Sendable {
    /// Of its bytes, in hex; empty where they could not be read.
    var sha256 = ""
    /// What its note says; nil where there is none.
    var note: PluginNote?
    /// Nil where it could not be asked.
    var description: PluginDescription?
    var isolation: Isolation?
    /// Who has signed it; nil where nobody did whom the host knows.
    var signer: String?
    /// The state of its configuration.
    var revision: String?
    var reason: DuikouError
    /// Whether the reason lies not in the file, but in what the machine had not at that moment.
    var isTemporary = false

    /// The same, with why it is not used.
    func refused(_ reason: DuikouError, isTemporary: Bool = false) -> Unused {
      var unused = self
      unused.reason = reason
      unused.isTemporary = isTemporary
      return unused
    }
  }
}
