import DuikouModel

/// Looks at a plugin that is about to be used, with the row types of all that are. Throws why it cannot
/// be, with a sentence for the plugin's author.
public typealias PluginCheck =
  @Sendable (PluginDescription, Schema) throws(DuikouError) -> Void
