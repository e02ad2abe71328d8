import ArgumentParser
import DuikouModel

extension Plugin {
  /// Lifts a quarantine.
  struct Release: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lift a plugin's quarantine, and try documents again that are set aside for it.")

    @ParentCommand var parent: Plugin

    @Argument(help: "The plugin's id.")
    var id: String

    @OptionGroup var plugins: PluginOptions

    func run() async throws {
      try await parent.run(plugins) { (backend) throws(DuikouError) in
        try await backend.release(plugin: id)
      }
    }
  }
}
