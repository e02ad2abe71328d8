import ArgumentParser
import DuikouModel
import DuikouTerminal

extension Plugin {
  /// Lists the files in the plugin folders.
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the plugins found, and say why one is not used.")

    @ParentCommand var parent: Plugin
    @OptionGroup var plugins: PluginOptions

    @Option(help: "How to show them: table or json.")
    var format: OutputFormat = .table

    @Option(help: "The language of tables: zh or en.")
    var lang: Language = .preferred

    func run() async throws {
      try await parent.run(plugins) { (backend) throws(DuikouError) in
        let overview = try await backend.overview()
        switch format {
        case .json: Terminal.standardOutput.write(JSONOutput.plugins(overview))
        case .table: PluginTables(language: lang).list(overview, on: .standardOutput)
        }
      }
    }
  }
}
