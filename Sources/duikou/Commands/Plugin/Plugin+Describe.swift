import ArgumentParser
import DuikouModel
import DuikouTerminal

extension Plugin {
  /// Describes one plugin.
  struct Describe: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show what a plugin says of itself: its methods, and the row types it brings.",
      discussion: "Takes a file, or the id of a plugin that is loaded.")

    @ParentCommand var parent: Plugin

    @Argument(
      help: ArgumentHelp("A plugin file, or an id.", valueName: "file.so|id"),
      completion: .file(extensions: ["so"]))
    var plugin: String

    @OptionGroup var plugins: PluginOptions

    @Option(help: "How to show it: table or json.")
    var format: OutputFormat = .table

    @Flag(help: "Print what its configuration may hold, as a JSON Schema, and nothing else.")
    var schema = false

    @Option(help: "The language of tables: zh or en.")
    var lang: Language = .preferred

    func run() async throws {
      do throws(DuikouError) {
        let info = try await describe()
        guard !schema else {
          guard !info.configurationSchema.isEmpty else {
            throw DuikouError(.notFound, "\(plugin) takes no configuration")
          }
          Terminal.standardOutput.write(info.configurationSchema)
          return
        }
        switch format {
        case .json: Terminal.standardOutput.write(JSONOutput.plugin(info))
        case .table: PluginTables(language: lang).describe(info, on: .standardOutput)
        }
      } catch {
        throw Failure.report(error)
      }
    }

    private func describe() async throws(DuikouError) -> PluginInfo {
      if plugin.hasSuffix(".so") || plugin.contains("/") {
        return PluginInfo(try LocalBackend.describe(file: plugin))
      }
      let backend = try await Backends.make(parent.parent.connection, plugins)
      do throws(DuikouError) {
        let found = try Plugin.find(plugin, in: try await backend.overview().plugins)
        await backend.close()
        return found
      } catch {
        await backend.close()
        throw error
      }
    }
  }
}
