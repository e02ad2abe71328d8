import ArgumentParser
import DuikouModel
import DuikouTerminal

extension Plugin {
  /// Shows how a plugin does.
  struct Info: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "Show how a plugin does: its state, file and signer, its calls and its last failure.")

    @ParentCommand var parent: Plugin

    @Argument(help: "The plugin's id.")
    var id: String

    @OptionGroup var plugins: PluginOptions

    @Option(help: "How to show it: table or json.")
    var format: OutputFormat = .table

    @Option(help: "The language: zh or en.")
    var lang: Language = .preferred

    func run() async throws {
      try await parent.run(plugins) { (backend) throws(DuikouError) in
        let info = try Plugin.find(id, in: try await backend.overview().plugins)
        switch format {
        case .json: Terminal.standardOutput.write(JSONOutput.plugin(info))
        case .table: PluginTables(language: lang).info(info, on: .standardOutput)
        }
      }
    }
  }
}
