import DuikouModel

/// A plugin that described itself and can be run: one generation of it.
struct FoundPlugin: Sendable {
  /// Tells generations of this host apart; the later one has the higher number.
  let number: Int
  let file: PluginFile
  let description: PluginDescription
  /// Who has signed the file; nil where nobody did whom the host knows.
  let signer: String?
  /// The state of its configuration; nil where it has none.
  let revision: String?
  let generation: Generation

  var isolation: Isolation { generation.isolation }

  /// Whether another would do the very same.
  func isSame(as other: FoundPlugin) -> Bool {
    file.sha256 == other.file.sha256 && revision == other.revision
      && isolation == other.isolation && signer == other.signer
  }
}
