import ArgumentParser
import DuikouModel
import DuikouTerminal

extension Plugin {
  /// Shows what becomes of plugins.
  struct Watch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show what becomes of plugins, as it happens, until interrupted.",
      discussion: "With --format json, one object a line.")

    @ParentCommand var parent: Plugin
    @OptionGroup var plugins: PluginOptions

    @Option(help: "How to show it: table or json.")
    var format: OutputFormat = .table

    @Option(help: "The language: zh or en.")
    var lang: Language = .preferred

    func run() async throws {
      try await parent.run(plugins) { (backend) throws(DuikouError) in
        let tables = PluginTables(language: lang)
        try await backend.watch { change, info in
          switch format {
          case .json: Terminal.standardOutput.write(JSONOutput.change(change, info))
          case .table: tables.change(change, info, on: .standardOutput)
          }
        }
      }
    }
  }
}
