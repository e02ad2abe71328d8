import ArgumentParser
import DuikouHost
import DuikouModel
import DuikouTerminal

extension Plugin {
  /// Puts a plugin in.
  struct Install: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Put a plugin into the folder, in the place of the version that is there.",
      discussion: """
        The file is checked first, in a sandbox; one that cannot be used changes nothing. Its signature is \
        taken along where a file FILE.so.sig lies beside it.
        """)

    @ParentCommand var parent: Plugin

    @Argument(
      help: ArgumentHelp("The plugin's file.", valueName: "file.so"),
      completion: .file(extensions: ["so"]))
    var file: String

    @OptionGroup var plugins: PluginOptions

    @Option(help: "How to show what has become of it: table or json.")
    var format: OutputFormat = .table

    @Option(help: "The language: zh or en.")
    var lang: Language = .preferred

    func run() async throws {
      try await parent.run(plugins) { (backend) throws(DuikouError) in
        let bytes = try PluginBytes(reading: file).data
        let info = try await backend.install(
          plugin: bytes, signature: try PluginSignature.bytes(beside: file) ?? [])
        switch format {
        case .json: Terminal.standardOutput.write(JSONOutput.plugin(info))
        case .table: PluginTables(language: lang).info(info, on: .standardOutput)
        }
      }
    }
  }
}
