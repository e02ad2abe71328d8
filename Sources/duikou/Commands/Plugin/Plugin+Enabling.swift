import ArgumentParser
import DuikouModel

extension Plugin {
  /// Lets a plugin run.
  struct Enable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Let a plugin run that was disabled.")

    @ParentCommand var parent: Plugin
    @Argument(help: "The plugin's id.") var id: String
    @OptionGroup var plugins: PluginOptions

    func run() async throws {
      try await parent.run(plugins) { (backend) throws(DuikouError) in
        try await backend.set(plugin: id, isDisabled: false)
      }
    }
  }

  /// Keeps a plugin from running.
  struct Disable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Keep a plugin from running, also behind the next start; its running calls end.")

    @ParentCommand var parent: Plugin
    @Argument(help: "The plugin's id.") var id: String
    @OptionGroup var plugins: PluginOptions

    func run() async throws {
      try await parent.run(plugins) { (backend) throws(DuikouError) in
        try await backend.set(plugin: id, isDisabled: true)
      }
    }
  }
}
