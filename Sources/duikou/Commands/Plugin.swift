import ArgumentParser
import DuikouHost
import DuikouModel
import DuikouTerminal

/// What plugins there are.
struct Plugin: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Look at plugins.", subcommands: [List.self, Describe.self, Release.self])

  @ParentCommand var parent: Duikou
}

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
      do throws(DuikouError) {
        let backend = try await Backends.make(parent.parent.connection, plugins)
        let listings = try await backend.plugins()
        await backend.close()
        switch format {
        case .json: Terminal.standardOutput.write(JSONOutput.plugins(listings))
        case .table: PluginTables(language: lang).list(listings, on: .standardOutput)
        }
      } catch {
        throw Failure.report(error)
      }
    }
  }

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

    @Option(help: "The language of tables: zh or en.")
    var lang: Language = .preferred

    func run() async throws {
      do throws(DuikouError) {
        let info = try await describe()
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
      let listings = try await backend.plugins()
      await backend.close()
      guard let info = listings.first(where: { $0.id == plugin }) else {
        let ids = listings.compactMap(\.id).sorted().joined(separator: ", ")
        throw DuikouError(
          .notFound, "no plugin has the id \(plugin); there are: \(ids.isEmpty ? "none" : ids)")
      }
      return info
    }
  }

  /// Lifts a quarantine.
  struct Release: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lift a plugin's quarantine, and try documents again that are set aside for it.")

    @ParentCommand var parent: Plugin

    @Argument(help: "The plugin's id.")
    var id: String

    @OptionGroup var plugins: PluginOptions

    func run() async throws {
      do throws(DuikouError) {
        let backend = try await Backends.make(parent.parent.connection, plugins)
        do throws(DuikouError) {
          try await backend.release(plugin: id)
          await backend.close()
        } catch {
          await backend.close()
          throw error
        }
      } catch {
        throw Failure.report(error)
      }
    }
  }
}
